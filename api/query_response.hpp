// What a client is sent of the answer to a query: which position it contains, its entity tag, and no body for a client that has it. `now` is the
// machine's time.
#pragma once

#include "api/query.hpp"
#include "api/query_basis.hpp"
#include "api/route.hpp"
#include "http/message.hpp"

namespace gatehouse::api {

[[nodiscard]] http::Response query_response(QueryAnswer answer, const QueryBasis& basis, const Route& route,
                                            const http::Headers& asked, Timestamp now);

}  // namespace gatehouse::api
