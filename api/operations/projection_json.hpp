// A read model's status as operators get it, and the answers that hold one.
#pragma once
#include <optional>
#include <string>

#include "api/services.hpp"
#include "http/message.hpp"
#include "replay/projection_status.hpp"

namespace gatehouse::api {

void append_status(std::string& out, const ProjectionStatus& status);

[[nodiscard]] Problem to_problem(Rebuilder::Refusal refusal);

// An answer of the present moment.
[[nodiscard]] http::Response operations_answer(const Services& services, unsigned status, std::string body);
// The same of a GET, with an ETag.
[[nodiscard]] http::Response tagged_answer(const Services& services, const Exchange& exchange, std::string body);
// Of the projection that the path names; nothing when there is none.
[[nodiscard]] std::optional<std::string> status_of_named(const Services& services, const Exchange& exchange);
// The same, or a problem.
void answer_with_status(const Services& services, Exchange& exchange, unsigned status);

}  // namespace gatehouse::api
