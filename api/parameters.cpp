#include "api/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "api/json/text_writer.hpp"
#include "api/route.hpp"
#include "api/text_form.hpp"
#include "events/ids.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {
namespace {

constexpr std::size_t text_characters_max = 256;

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

// Two or four digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size())
    return std::nullopt;
  const auto number = parse_number(text.substr(at, count));
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// What is wrong with the value, or nothing.
std::optional<std::string> check_value(const ParameterSpec& spec, std::string_view value) {
  switch (spec.type) {
  case ParameterType::text:
    if (!value.empty() && is_plain_text(value, text_characters_max))
      return std::nullopt;
    return "Must be a text of 1 to 256 characters in UTF-8, without control characters.";
  case ParameterType::id:
    if (is_valid_id(value))
      return std::nullopt;
    return "Must be an identifier: 1 to 64 letters, digits and _ . @ : -";
  case ParameterType::number:
    if (const auto number = parse_number(value); number && *number >= spec.min && *number <= spec.max)
      return std::nullopt;
    return spec.max == UINT64_MAX
               ? "Must be a whole number."
               : "Must be a whole number from " + std::to_string(spec.min) + " to " + std::to_string(spec.max) + ".";
  case ParameterType::flag:
    if (value == "true" || value == "false")
      return std::nullopt;
    return "Must be true or false.";
  case ParameterType::time:
    if (parse_time(value))
      return std::nullopt;
    return "Must be a time such as 2026-01-31T12:00:00Z.";
  case ParameterType::moment:
    if (parse_position(value) || parse_time(value))
      return std::nullopt;
    return "Must be a position of the log, or a time with its zone such as 2026-01-31T12:00:00Z or "
           "2026-01-31T13:00:00%2B01:00, the plus sign written %2B.";
  case ParameterType::token:
    return std::nullopt;  // whoever opens it says more
  case ParameterType::choice:
    break;
  }
  if (std::ranges::find(spec.choices, value) != spec.choices.end())
    return std::nullopt;
  std::string detail = "Must be one of:";
  for (const auto choice : spec.choices)
    detail.append(" ").append(choice);
  return detail + ".";
}

Problem unknown_parameter(std::string_view name, std::span<const ParameterSpec* const> known) {
  std::string detail = known.empty() ? "The path takes no query parameters." : "The path takes:";
  for (const auto* spec : known)
    detail.append(" ").append(spec->name);
  auto problem = make_problem("unknown_parameter", known.empty() ? detail : detail + ".");
  append_key(problem.extensions, "errors");
  ArrayWriter errors(problem.extensions);
  ObjectWriter error(errors.next());
  error.member("parameter", is_plain_text(name, 256) ? std::string(name) : std::string("?"));
  error.member("code", "unknown_parameter").member("detail", "There is no such parameter.");
  return problem;
}

}  // namespace

tl::expected<Parameters, Problem> Parameters::check(Pairs sent, std::span<const ParameterSpec* const> known) {
  Parameters result;
  for (auto& [name, value] : sent) {
    const auto spec = std::ranges::find(known, name, &ParameterSpec::name);
    if (spec == known.end())
      return tl::unexpected(unknown_parameter(name, known));
    if (result.text(name))
      return tl::unexpected(invalid_parameter(name, "Stands there twice."));
    if (auto wrong = check_value(**spec, value))
      return tl::unexpected(invalid_parameter(name, std::move(*wrong)));
    result.sent_.emplace_back(std::move(name), std::move(value));
  }
  return result;
}

std::optional<std::string_view> Parameters::text(std::string_view name) const {
  const auto found = std::ranges::find(sent_, name, &Pairs::value_type::first);
  return found == sent_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::uint64_t> Parameters::number(std::string_view name) const {
  const auto sent = text(name);
  return sent ? parse_number(*sent) : std::nullopt;
}

bool Parameters::flag(std::string_view name) const { return text(name) == "true"; }

std::optional<Timestamp> Parameters::time(std::string_view name) const {
  const auto sent = text(name);
  return sent ? parse_time(*sent, Fraction::next) : std::nullopt;
}

std::optional<Timestamp> parse_time(std::string_view text, Fraction fraction_of_millisecond) {
  using namespace std::chrono;
  const auto year_number = digits(text, 0, 4), month_number = digits(text, 5, 2), day_number = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!year_number || !month_number || !day_number || !hour || !minute || !second)
    return std::nullopt;
  const bool separated =
      text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == 't') && text[13] == ':' && text[16] == ':';
  const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                            day{static_cast<unsigned>(*day_number)}};
  if (!separated || !date.ok() || *hour > 23 || *minute > 59 || *second > 59)
    return std::nullopt;
  milliseconds instant = sys_days{date}.time_since_epoch() + hours{*hour} + minutes{*minute} + seconds{*second};
  auto rest = text.substr(19);
  if (rest.starts_with('.')) {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    const auto fraction = std::string(rest.substr(1, end - 1)) + "000";
    if (end == 1 || end > 10)
      return std::nullopt;
    instant += milliseconds{*digits(fraction, 0, 3)};
    const bool is_between = fraction.find_first_not_of('0', 3) != std::string::npos;
    instant += milliseconds{is_between && fraction_of_millisecond == Fraction::next ? 1 : 0};
    rest.remove_prefix(end);
  }
  if (rest == "Z" || rest == "z")
    return Timestamp{instant.count()};
  const auto offset_hours = digits(rest, 1, 2), offset_minutes = digits(rest, 4, 2);
  const bool signed_offset = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':';
  if (!signed_offset || !offset_hours || !offset_minutes || *offset_hours > 23 || *offset_minutes > 59)
    return std::nullopt;
  const milliseconds offset = hours{*offset_hours} + minutes{*offset_minutes};
  return Timestamp{(rest[0] == '+' ? instant - offset : instant + offset).count()};
}

std::string_view PathValues::at(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, &std::pair<std::string_view, std::string>::first);
  GATEHOUSE_ASSERT(found != values_.end());
  return found->second;
}

bool PathValues::has(std::string_view name) const {
  return std::ranges::find(values_, name, &std::pair<std::string_view, std::string>::first) != values_.end();
}

std::optional<Position> parse_position(std::string_view text) {
  const auto number = parse_number(text);
  return number ? std::optional(Position{*number}) : std::nullopt;
}

bool PathValues::all_valid_ids() const {
  return std::ranges::all_of(values_, [](const auto& value) { return is_valid_id(value.second); });
}

}  // namespace gatehouse::api
