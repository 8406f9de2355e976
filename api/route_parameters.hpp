// The query parameters that a route takes: its own, and those that all routes of its kind share.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "api/exchange.hpp"
#include "api/route.hpp"

namespace gatehouse::api {

[[nodiscard]] std::vector<const ParameterSpec*> parameters_of(const Route& route);
[[nodiscard]] bool takes_as_of(const Route& route);
// Whether its answers have a version that a client may know already.
[[nodiscard]] bool has_etag(const Route& route);
[[nodiscard]] tl::expected<Parameters, Problem> check_parameters(const Entry& entry);

// Of a list. Its tokens are bound to the path, the caller and the filters.
[[nodiscard]] tl::expected<Page, Problem> page_asked(const Exchange& exchange, const Parameters& parameters,
                                                     const PageTokens& tokens, Timestamp now);

}  // namespace gatehouse::api
