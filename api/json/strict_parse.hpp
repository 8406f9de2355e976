// Reads a JSON text that a client sent, strictly (RFC 8259): UTF-8 only, no trailing text, no member twice in one object,
// bounded in size and depth. What is refused here is `malformed_json`. Numbers with a fraction or an exponent are read
// but nothing in the contract takes one.
#pragma once
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace gatehouse::api {

inline constexpr std::size_t json_bytes_max = 1U << 20;
inline constexpr std::size_t json_depth_max = 16;

struct MalformedJson {
  std::string detail;  // a sentence; names the offset, never quotes the text
};

[[nodiscard]] tl::expected<boost::json::value, MalformedJson> parse_strictly(std::string_view text);

}  // namespace gatehouse::api
