// Reads JSON objects from outside. RFC 7515 (section 4) and RFC 7519 (section 4) let a reader refuse duplicate names,
// and we do at every depth: two readers that pick different values of one name are how a forged member slips through.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <tl/expected.hpp>

namespace gatehouse::identity {

inline constexpr std::size_t json_depth_max = 16;

BOOST_DEFINE_FIXED_ENUM_CLASS(JsonFault, std::uint8_t, malformed, duplicate_name, not_an_object)

// UTF-8 is checked; nothing may follow the object but white space.
[[nodiscard]] tl::expected<boost::json::object, JsonFault> parse_json_object(std::string_view text);

}  // namespace gatehouse::identity
