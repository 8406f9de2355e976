// A refusal as AuthZEN wants it: a status and a message that is a text (section 12.1.11 of the specification).
#pragma once
#include <string_view>

#include "api/problem.hpp"

namespace gatehouse::api::authzen {

inline constexpr std::string_view base_path = "/access/v1/";

[[nodiscard]] unsigned status_of(const Problem& problem);
[[nodiscard]] http::Response to_response(const Problem& problem);

}  // namespace gatehouse::api::authzen
