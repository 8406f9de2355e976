// Log lines with named fields: one line of text, or one JSON object a line. Callers hand over what may be logged and nothing
// else: identifiers, codes, figures; never tokens, bodies or query strings. Any thread.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace spdlog {
class logger;
}

namespace gatehouse::api {

class StructuredLog {
 public:
  enum class Format : std::uint8_t { text, json };
  enum class Level : std::uint8_t { info, warning, error };
  struct Field {
    std::string_view name;
    std::variant<std::string_view, std::uint64_t> value;  // an empty text is left out
  };

  // The logger writes each message as it is, with a line end.
  StructuredLog(std::shared_ptr<spdlog::logger> logger, Format format);
  ~StructuredLog();

  void write(Level level, std::string_view event, std::initializer_list<Field> fields = {}) const;

 private:
  std::shared_ptr<spdlog::logger> logger_;
  Format format_;
};

// The line without its end.
[[nodiscard]] std::string log_line(StructuredLog::Format format, std::int64_t unix_ms, StructuredLog::Level level,
                                   std::string_view event, std::initializer_list<StructuredLog::Field> fields);

}  // namespace gatehouse::api
