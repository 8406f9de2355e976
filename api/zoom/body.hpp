// Reading the bodies of the vendor's API: an object whose members we look at one by one. Members that we do not know are left alone, as the
// vendor does.
#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "api/problem.hpp"

namespace gatehouse::api::zoom {

[[nodiscard]] Problem invalid_member(std::string_view pointer, std::string_view detail);

[[nodiscard]] tl::expected<boost::json::object, Problem> read_object(std::string_view body);

// Nothing when the member is missing, null, or no string.
[[nodiscard]] std::optional<std::string_view> text_of(const boost::json::object& body, std::string_view name);

}  // namespace gatehouse::api::zoom
