// Reads the values that are neither objects nor lists, each with the rule of the member it stands for. What is wrong goes
// into the errors; the result is then empty.
#pragma once
#include <boost/json/fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/json/field_errors.hpp"

namespace gatehouse::api {

[[nodiscard]] std::optional<bool> read_bool(const boost::json::value& value, const Place& place, FieldErrors& errors);
// Not empty, no control characters (line breaks and tabs are allowed in a reason and a description), not too long.
[[nodiscard]] std::optional<std::string> read_text(const boost::json::value& value, const Place& place, FieldErrors& errors);
[[nodiscard]] std::optional<std::string> read_id(const boost::json::value& value, const Place& place, FieldErrors& errors);
// The index of the name among `names`.
[[nodiscard]] std::optional<std::size_t> read_name(const boost::json::value& value, std::span<const std::string_view> names,
                                                   const Place& place, FieldErrors& errors);
// Whether the value is an object, or a list of as many items as the member's rule allows.
[[nodiscard]] bool check_object(const boost::json::value& value, const Place& place, FieldErrors& errors);
[[nodiscard]] bool check_list(const boost::json::value& value, const Place& place, FieldErrors& errors);

}  // namespace gatehouse::api
