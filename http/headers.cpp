#include "http/headers.hpp"

#include "http/field_syntax.hpp"
#include "table/assert.hpp"

namespace gatehouse::http {

Headers::Headers(std::initializer_list<Field> fields) {
  for (const Field& field : fields)
    add(field.name, field.value);
}

void Headers::reserve(std::size_t fields, std::size_t bytes) {
  entries_.reserve(fields);
  text_.reserve(bytes);
}

void Headers::add(std::string_view name, std::string_view value) {
  GATEHOUSE_ASSERT(text_.size() + name.size() + value.size() < UINT32_MAX);
  entries_.push_back({.start = static_cast<std::uint32_t>(text_.size()),
                      .name_bytes = static_cast<std::uint32_t>(name.size()),
                      .value_bytes = static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    const Field field = at(index);
    if (equal_ignoring_case(field.name, name))
      return field.value;
  }
  return std::nullopt;
}

std::optional<std::string> Headers::list(std::string_view name) const {
  std::optional<std::string> joined;
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    const Field field = at(index);
    if (!equal_ignoring_case(field.name, name))
      continue;
    if (joined)
      joined->append(", ").append(field.value);
    else
      joined = field.value;
  }
  return joined;
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t found = 0;
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    if (equal_ignoring_case(at(index).name, name))
      ++found;
  }
  return found;
}

Headers::Field Headers::at(std::size_t index) const {
  const Entry& entry = entries_.at(index);
  const std::string_view text = text_;
  return {.name = text.substr(entry.start, entry.name_bytes),
          .value = text.substr(entry.start + entry.name_bytes, entry.value_bytes)};
}

}  // namespace gatehouse::http
