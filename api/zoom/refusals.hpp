// A refusal as the vendor's clients expect it: {"code": <number>, "message": "..."} with the status and the number of the vendor's
// documents, and our machine code beside them.
#pragma once
#include <string_view>

#include "api/parameters.hpp"
#include "api/problem.hpp"

namespace gatehouse::api {
struct Route;
}

namespace gatehouse::api::zoom {

inline constexpr std::string_view base_path = "/v2/";

// A list edited while pre-approval is off; the vendor has a code of its own for it.
inline constexpr std::string_view pre_approval_off_code = "pre_approval_off";

// `route` may be missing where no path was found; what the path names is named.
[[nodiscard]] http::Response to_response(const Problem& problem, const Route* route, const PathValues& path);

}  // namespace gatehouse::api::zoom
