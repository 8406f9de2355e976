#include "api/structured_log.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <spdlog/logger.h>

#include "api/json/described_writer.hpp"
#include "api/text_form.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {
namespace {

using Field = StructuredLog::Field;
using Level = StructuredLog::Level;

constexpr std::array levels{Level::debug, Level::info, Level::warning, Level::error};

spdlog::level::level_enum severity_of(Level level) {
  switch (level) {
  case Level::debug:
    return spdlog::level::debug;
  case Level::info:
    return spdlog::level::info;
  case Level::warning:
    return spdlog::level::warn;
  case Level::error:
    return spdlog::level::err;
  }
  GATEHOUSE_ASSERT(false);
}

bool is_absent_field(const Field& field) {
  const auto* text = std::get_if<std::string_view>(&field.value);
  return text != nullptr && text->empty();
}

// Text that could be taken for another field, or end the line, is written as JSON writes it.
void append_value(std::string& line, const Field& field) {
  if (const auto* number = std::get_if<std::uint64_t>(&field.value))
    return append_number(line, *number);
  const auto text = std::get<std::string_view>(field.value);
  const bool plain = is_visible_ascii(text) && text.find_first_of("\"=\\") == std::string_view::npos;
  if (plain)
    line.append(text);
  else
    append_text(line, text);
}

std::string text_line(std::int64_t unix_ms, Level level, std::string_view event, std::initializer_list<Field> fields) {
  auto line = time_text({unix_ms});
  line.append(" ").append(to_text(level)).append(" ").append(event);
  for (const auto& field : fields) {
    if (is_absent_field(field))
      continue;
    line.append(" ").append(field.name).append("=");
    append_value(line, field);
  }
  return line;
}

std::string json_line(std::int64_t unix_ms, Level level, std::string_view event, std::initializer_list<Field> fields) {
  std::string line;
  {
    ObjectWriter object(line);
    object.member("time", Timestamp{unix_ms}).member("level", to_text(level)).member("event", event);
    for (const auto& field : fields) {
      if (is_absent_field(field))
        continue;
      std::visit([&](const auto& value) { object.member(field.name, value); }, field.value);
    }
  }
  return line;
}

}  // namespace

std::string log_line(StructuredLog::Format format, std::int64_t unix_ms, Level level, std::string_view event,
                     std::initializer_list<Field> fields) {
  if (format == StructuredLog::Format::text)
    return text_line(unix_ms, level, event, fields);
  return json_line(unix_ms, level, event, fields);
}

StructuredLog::StructuredLog(std::shared_ptr<spdlog::logger> logger, Format format)
    : logger_(std::move(logger)), format_(format) {}

StructuredLog::~StructuredLog() = default;

void StructuredLog::write(Level level, std::string_view event, std::initializer_list<Field> fields) const {
  if (writes(level))
    write_line(severity_of(level), level, event, fields);
}

void StructuredLog::announce(std::string_view event, std::initializer_list<Field> fields) const {
  write_line(spdlog::level::critical, Level::info, event, fields);
}

void StructuredLog::write_line(int severity, Level level, std::string_view event,
                               std::initializer_list<Field> fields) const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto unix_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const auto line = log_line(format_, unix_ms, level, event, fields);
  logger_->log(static_cast<spdlog::level::level_enum>(severity), spdlog::string_view_t(line.data(), line.size()));
}

bool StructuredLog::writes(Level level) const { return logger_->should_log(severity_of(level)); }

void StructuredLog::set_level(Level level) const { logger_->set_level(severity_of(level)); }

std::string_view to_text(Level level) {
  switch (level) {
  case Level::debug:
    return "debug";
  case Level::info:
    return "info";
  case Level::warning:
    return "warning";
  case Level::error:
    return "error";
  }
  GATEHOUSE_ASSERT(false);
}

std::optional<Level> level_named(std::string_view name) {
  const auto* found = std::ranges::find(levels, name, [](Level level) { return to_text(level); });
  return found == levels.end() ? std::nullopt : std::optional(*found);
}

}  // namespace gatehouse::api
