// The query parameters of one request, checked against the route's table entry: none unknown, none twice, each of its type.
// And the values that stand in the path.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "api/json/names.hpp"
#include "api/problem.hpp"

namespace gatehouse::api {

struct ParameterSpec;

class Parameters {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  Parameters() = default;
  [[nodiscard]] static tl::expected<Parameters, Problem> check(Pairs sent, std::span<const ParameterSpec* const> known);

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;  // also for identifiers
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;  // false when it was not sent
  // Of what is recorded then or later, and of what is recorded before: the first whole millisecond that is not before it.
  [[nodiscard]] std::optional<Timestamp> time(std::string_view name) const;
  template <class Enum>
  [[nodiscard]] std::optional<Enum> choice(std::string_view name) const {
    const auto sent = text(name);
    return sent ? enum_named<Enum>(*sent) : std::nullopt;
  }
  [[nodiscard]] const Pairs& pairs() const { return sent_; }

 private:
  Pairs sent_;
};

// RFC 3339 with Z or an offset, in whole milliseconds; nothing for another text.
enum class Fraction : std::uint8_t { cut_off, next };  // of a millisecond: the one that it is in, or the next one
[[nodiscard]] std::optional<Timestamp> parse_time(std::string_view text, Fraction fraction = Fraction::cut_off);

// A decimal number; nothing for another text.
[[nodiscard]] std::optional<Position> parse_position(std::string_view text);

class PathValues {
 public:
  void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
  [[nodiscard]] std::string_view at(std::string_view name) const;  // a name that the path does not have is a bug
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool all_valid_ids() const;

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;  // names live in the route table
};

}  // namespace gatehouse::api
