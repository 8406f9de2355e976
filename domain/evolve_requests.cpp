// Folds of the events that make requests and settle them by name. Declining all is with the approvals: it switches pre-approval off.
#include "domain/folds.hpp"
#include "domain/request_settlement.hpp"

namespace gatehouse {

void evolve_one(Table& rows, const EventContext& context, const PreApprovalRequested& event) {
  add_request(rows, context, RequestKind::pre_approval, event.request);
}

void evolve_one(Table& rows, const EventContext& context, const PreApprovalRequestApproved& event) {
  settle_request(rows, context, event.request_id, {RequestStatus::approved, event.decided_by, event.reason, event.via});
}

void evolve_one(Table& rows, const EventContext& context, const PreApprovalRequestRejected& event) {
  settle_request(rows, context, event.request_id,
                 {RequestStatus::rejected, event.decided_by, event.reason, DecisionRoute::inbox});
}

void evolve_one(Table& rows, const EventContext& context, const PreApprovalRequestWithdrawn& event) {
  settle_request(rows, context, event.request_id, {RequestStatus::withdrawn, event.user_id, {}, DecisionRoute::inbox});
}

void evolve_one(Table& rows, const EventContext& context, const PreApprovalRequestCancelled& event) {
  settle_request(rows, context, event.request_id,
                 {RequestStatus::cancelled, event.cancelled_by, {}, DecisionRoute::inbox});
}

void evolve_one(Table& rows, const EventContext& context, const InstallRequested& event) {
  add_request(rows, context, RequestKind::install, event.request);
}

void evolve_one(Table& rows, const EventContext& context, const InstallRequestRejected& event) {
  settle_request(rows, context, event.request_id,
                 {RequestStatus::rejected, event.decided_by, event.reason, DecisionRoute::inbox});
}

void evolve_one(Table& rows, const EventContext& context, const InstallRequestWithdrawn& event) {
  settle_request(rows, context, event.request_id, {RequestStatus::withdrawn, event.user_id, {}, DecisionRoute::inbox});
}

void evolve_one(Table& rows, const EventContext& context, const InstallRequestCancelled& event) {
  settle_request(rows, context, event.request_id,
                 {RequestStatus::cancelled, event.cancelled_by, {}, DecisionRoute::inbox});
}

}  // namespace gatehouse
