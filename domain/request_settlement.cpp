#include "domain/request_settlement.hpp"

#include <utility>

#include "domain/request.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

RequestCounters& counters_of(GovernedAppRow& governed, RequestKind kind) {
  return kind == RequestKind::pre_approval ? governed.pre_approval_requests : governed.install_requests;
}

void count_settled(RequestCounters& counters, RequestStatus status, std::uint64_t number) {
  GATEHOUSE_ASSERT(counters.pending >= number);
  counters.pending -= number;
  if (status == RequestStatus::approved || status == RequestStatus::fulfilled) counters.approved += number;
  if (status == RequestStatus::rejected) counters.rejected += number;
}

void put_governed(Table& rows, const EventContext& context, const AppId& app, GovernedAppRow governed) {
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, app), governed);
}

}  // namespace

void add_request(Table& rows, const EventContext& context, RequestKind kind, const RequestDetails& details) {
  const auto& account = context.stream;
  RequestRow row;
  row.kind = kind;
  row.details = details;
  row.requested_at = context.recorded_at;
  row.requested_version = row.version = context.account_version;
  put_row(rows, state_keys::request(account, details.request_id), row);
  rows.put(state_keys::latest_request(account, details.app_id, kind, details.user_id), details.request_id.value);
  rows.put(state_keys::open_request_of_user(account, details.user_id, details.app_id, kind), {});
  rows.put(state_keys::request_by_version(account, details.app_id, kind, details.credentials, context.account_version),
           details.request_id.value);

  auto governed = State(rows, account).governed_app(details.app_id);
  auto& counters = counters_of(governed, kind);
  ++counters.total;
  ++counters.pending;
  if (details.credentials == Credentials::development) ++counters.pending_development;
  counters.latest_at = context.recorded_at;
  counters.latest_version = context.account_version;
  put_governed(rows, context, details.app_id, std::move(governed));
}

void settle_request(Table& rows, const EventContext& context, const RequestId& id, const RequestDecision& decision) {
  const auto& account = context.stream;
  const State state(rows, account);
  auto row = effective_request(state, id);
  if (!row || row->status != RequestStatus::pending) return;
  const auto& details = row->details;
  row->status = decision.status;
  row->decided_by = decision.decided_by;
  row->decision_reason = decision.reason;
  row->via = decision.via;
  row->decided_at = context.recorded_at;
  row->version = context.account_version;
  put_row(rows, state_keys::request(account, id), *row);
  rows.erase(state_keys::open_request_of_user(account, details.user_id, details.app_id, row->kind));
  rows.erase(
      state_keys::request_by_version(account, details.app_id, row->kind, details.credentials, row->requested_version));

  auto governed = state.governed_app(details.app_id);
  auto& counters = counters_of(governed, row->kind);
  count_settled(counters, decision.status, 1);
  if (details.credentials == Credentials::development) --counters.pending_development;
  put_governed(rows, context, details.app_id, std::move(governed));
}

std::uint64_t settled_by(const RequestCounters& counters, Settles settles) {
  return settles == Settles::all ? counters.pending : counters.pending - counters.pending_development;
}

void settle_all_requests(Table& rows, const EventContext& context, const AppId& app, RequestKind kind, Settles settles,
                         const RequestDecision& decision, GovernedAppRow& governed) {
  auto& counters = counters_of(governed, kind);
  const auto number = settled_by(counters, settles);
  if (number == 0) return;
  put_row(rows, state_keys::bulk_decision(context.stream, app, kind, context.account_version),
          BulkDecisionRow{.status = decision.status,
                          .decided_by = decision.decided_by,
                          .reason = decision.reason,
                          .via = decision.via,
                          .production_only = settles == Settles::production,
                          .decided_at = context.recorded_at});
  count_settled(counters, decision.status, number);
  counters.settled_all_version = context.account_version;
  if (settles == Settles::production) return;
  counters.pending_development = 0;
  counters.settled_development_version = context.account_version;
}

}  // namespace gatehouse
