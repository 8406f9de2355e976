// The filters of a history, from its query parameters. Any thread.
#pragma once
#include <tl/expected.hpp>

#include "api/parameters.hpp"
#include "projections/audit.hpp"

namespace gatehouse::api {

[[nodiscard]] tl::expected<AuditFilter, Problem> filter_of(const Parameters& parameters);

}  // namespace gatehouse::api
