#include "domain/named_requests.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <set>
#include <string>
#include <utility>

#include "domain/limits.hpp"
#include "domain/refusals.hpp"
#include "domain/request.hpp"

namespace gatehouse {

namespace {

// What was found so far. The first error gives the refusal's code and its members.
class Found {
 public:
  void take(std::string pointer, std::optional<RequestRow> row) {
    if (!row) {
      add_error(std::move(pointer), {.code = RejectionCode::request_not_found, .detail = "There is no such request."});
    } else if (row->status != RequestStatus::pending) {
      add_error(std::move(pointer), request_not_pending(*row));
    } else if (seen_.insert(row->details.request_id).second) {
      rows_.push_back(std::move(*row));
    }
  }

  tl::expected<std::vector<RequestRow>, Rejection> finish() {
    if (first_)
      return tl::unexpected(std::move(*first_));
    return std::move(rows_);
  }

 private:
  void add_error(std::string pointer, Rejection rejection) {
    FieldError error{std::move(pointer), std::string(to_text(rejection.code)), rejection.detail};
    if (!first_)
      first_ = std::move(rejection);
    first_->errors.push_back(std::move(error));
  }

  std::vector<RequestRow> rows_;
  std::set<RequestId> seen_;
  std::optional<Rejection> first_;
};

}  // namespace

tl::expected<std::vector<RequestRow>, Rejection> named_pending_requests(const State& state,
                                                                        const NamedRequests& named) {
  const auto size_of = [](const auto& list) { return list ? list->size() : 0; };
  if (size_of(named.user_ids) + size_of(named.request_ids) > limits::list_items_max) {
    return refuse(RejectionCode::too_many_items,
                  "At most " + std::to_string(limits::list_items_max) + " requests can be decided at once.");
  }
  Found found;
  for (std::size_t index = 0; index < size_of(named.user_ids); ++index) {
    found.take("/user_ids/" + std::to_string(index),
               latest_request(state, named.app_id, named.kind, (*named.user_ids)[index]));
  }
  for (std::size_t index = 0; index < size_of(named.request_ids); ++index) {
    auto row = effective_request(state, (*named.request_ids)[index]);
    if (row && (row->details.app_id != named.app_id || row->kind != named.kind))
      row.reset();
    found.take("/request_ids/" + std::to_string(index), std::move(row));
  }
  return found.finish();
}

Rejection request_not_pending(const RequestRow& row) {
  const std::string status = boost::describe::enum_to_string(row.status, "settled");
  Rejection rejection{.code = RejectionCode::request_not_pending, .detail = "The request is " + status + " already."};
  rejection.request_id = row.details.request_id;
  rejection.status = row.status;
  rejection.decided_by = decider_of(row);
  rejection.decided_at = row.decided_at;
  return rejection;
}

CommandResult result_of(std::string_view count_name, const std::vector<RequestRow>& requests) {
  std::vector<std::string> ids;
  ids.reserve(requests.size());
  for (const auto& request : requests)
    ids.push_back(request.details.request_id.value);
  return {{std::string(count_name), std::uint64_t{requests.size()}}, {"request_ids", std::move(ids)}};
}

}  // namespace gatehouse
