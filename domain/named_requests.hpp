// The requests that a decision names, by request or by requester: all of them pending, or a refusal that says which are not and why (R34).
#pragma once
#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "domain/decide.hpp"

namespace gatehouse {

struct NamedRequests {
  const AppId& app_id;
  RequestKind kind{};
  const std::optional<std::vector<UserId>>& user_ids;
  const std::optional<std::vector<RequestId>>& request_ids;
};

// In the order named, each once: naming one twice is not an error. 404 request_not_found, 409 request_not_pending with the decision that was
// first, 422 too_many_items.
[[nodiscard]] tl::expected<std::vector<RequestRow>, Rejection> named_pending_requests(const State& state,
                                                                                      const NamedRequests& named);

[[nodiscard]] Rejection request_not_pending(const RequestRow& row);

// "request_ids" and how many there are, under a name of its own.
[[nodiscard]] CommandResult result_of(std::string_view count_name, const std::vector<RequestRow>& requests);

}  // namespace gatehouse
