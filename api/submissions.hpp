// What every way to the command pipeline needs: who is asking, and a fresh id, for what follows from the request or for what it makes.
#pragma once
#include <tl/expected.hpp>

#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

[[nodiscard]] Uuid make_uuid(Timestamp now);
// Of everything that the request causes: its trace's id.
[[nodiscard]] inline const Uuid& correlation_of(const Exchange& exchange) { return exchange.span().trace_id; }
[[nodiscard]] tl::expected<Caller, Problem> caller_of(const Services& services, const Entry& entry);

}  // namespace gatehouse::api
