// Log lines with named fields: one line of text, or one JSON object a line. Callers hand over what may be logged and nothing
// else: identifiers, codes, figures; never tokens, bodies or query strings. Any thread.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
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
  enum class Level : std::uint8_t { debug, info, warning, error };
  struct Field {
    std::string_view name;
    std::variant<std::string_view, std::uint64_t> value;  // an empty text is left out
  };

  // The logger writes each message as it is, with a line end.
  StructuredLog(std::shared_ptr<spdlog::logger> logger, Format format);
  ~StructuredLog();

  void write(Level level, std::string_view event, std::initializer_list<Field> fields = {}) const;
  // An info line whatever the level: of what an operator changed.
  void announce(std::string_view event, std::initializer_list<Field> fields) const;
  // Whether a line of this level would be written, for those whose fields cost something.
  [[nodiscard]] bool writes(Level level) const;
  // From this level on; at first from info. Lines under way may still go by the former.
  void set_level(Level level) const;

 private:
  void write_line(int severity, Level level, std::string_view event, std::initializer_list<Field> fields) const;

  std::shared_ptr<spdlog::logger> logger_;
  Format format_;
};

[[nodiscard]] std::string_view to_text(StructuredLog::Level level);
[[nodiscard]] std::optional<StructuredLog::Level> level_named(std::string_view name);

// The line without its end.
[[nodiscard]] std::string log_line(StructuredLog::Format format, std::int64_t unix_ms, StructuredLog::Level level,
                                   std::string_view event, std::initializer_list<StructuredLog::Field> fields);

}  // namespace gatehouse::api
