#include "api/json/plain_values.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "api/json/member_rules.hpp"
#include "catalogue/characters.hpp"
#include "events/ids.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

std::string_view text_of(const json::value& value) {
  const auto& text = value.get_string();
  return {text.data(), text.size()};
}

// U+0000 to U+001F, U+007F to U+009F. The text is valid UTF-8.
bool has_control_character(std::string_view text, bool several_lines) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto code = static_cast<unsigned char>(text[at]);
    const bool divides_lines = text[at] == '\n' || text[at] == '\r' || text[at] == '\t';
    const bool upper_control = code == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
    if (upper_control || code == 0x7f || (code < 0x20 && !(several_lines && divides_lines)))
      return true;
  }
  return false;
}

bool may_have_lines(std::string_view member) { return member == "reason" || member == "description"; }

std::string range_text(std::size_t least, std::size_t most) {
  return std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

std::optional<bool> read_bool(const json::value& value, const Place& place, FieldErrors& errors) {
  if (value.is_bool())
    return value.get_bool();
  errors.invalid_field(place, "Must be true or false.");
  return std::nullopt;
}

std::optional<std::string> read_text(const json::value& value, const Place& place, FieldErrors& errors) {
  const auto& rule = member_rule(place.member());
  if (!value.is_string()) {
    errors.invalid_field(place, "Must be a string.");
    return std::nullopt;
  }
  const auto text = text_of(value);
  if (text.empty() || catalogue::characters_in(text) > rule.text_max) {
    errors.invalid_field(place, "Must have " + range_text(1, rule.text_max) + " characters.");
    return std::nullopt;
  }
  if (has_control_character(text, may_have_lines(place.member()))) {
    errors.invalid_field(place, "Must not hold control characters.");
    return std::nullopt;
  }
  return std::string(text);
}

std::optional<std::string> read_id(const json::value& value, const Place& place, FieldErrors& errors) {
  if (value.is_string() && is_valid_id(text_of(value)))
    return std::string(text_of(value));
  errors.invalid_field(place, "Must be an identifier: a string of 1 to 64 letters, digits and _ . @ : -");
  return std::nullopt;
}

std::optional<std::size_t> read_name(const json::value& value, std::span<const std::string_view> names,
                                     const Place& place, FieldErrors& errors) {
  if (value.is_string()) {
    const auto found = std::ranges::find(names, text_of(value));
    if (found != names.end())
      return static_cast<std::size_t>(found - names.begin());
  }
  std::string detail = "Must be one of:";
  for (const auto name : names)
    detail.append(" ").append(name);
  errors.invalid_field(place, detail + ".");
  return std::nullopt;
}

bool check_object(const json::value& value, const Place& place, FieldErrors& errors) {
  if (value.is_object())
    return true;
  errors.invalid_field(place, "Must be an object.");
  return false;
}

bool check_list(const json::value& value, const Place& place, FieldErrors& errors) {
  const auto& rule = member_rule(place.member());
  if (value.is_array()) {
    const auto items = value.get_array().size();
    if (items >= rule.items_min && items <= rule.items_max)
      return true;
  }
  errors.invalid_field(place, "Must be a list of " + range_text(rule.items_min, rule.items_max) + " items.");
  return false;
}

}  // namespace gatehouse::api
