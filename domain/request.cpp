#include "domain/request.hpp"

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

const RequestCounters& counters_of(const GovernedAppRow& governed, RequestKind kind) {
  return kind == RequestKind::pre_approval ? governed.pre_approval_requests : governed.install_requests;
}

}  // namespace

RequestRow effective_request(const State& state, RequestRow stored) {
  if (stored.status != RequestStatus::pending) return stored;
  const auto& account = state.account_id();
  const auto& app = stored.details.app_id;
  const auto first_after = state_keys::bulk_decision(account, app, stored.kind, stored.requested_version + 1);
  state.rows().scan(state_keys::bulk_decisions(account, app, stored.kind), first_after,
                    [&](std::string_view key, std::string_view value) {
                      const auto decision = unpack_row<BulkDecisionRow>(value);
                      KeyParts parts(key);
                      parts.text(), parts.text(), parts.number();
                      stored.status = decision.status;
                      stored.decided_by = decision.decided_by;
                      stored.decision_reason = decision.reason;
                      stored.via = decision.via;
                      stored.decided_at = decision.decided_at;
                      stored.version = parts.number();
                      return false;
                    });
  return stored;
}

std::optional<RequestRow> effective_request(const State& state, const RequestId& id) {
  auto stored = state.request(id);
  if (!stored) return std::nullopt;
  return effective_request(state, std::move(*stored));
}

std::optional<RequestRow> pending_request(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  const auto id = state.rows().get(state_keys::open_request(state.account_id(), app, kind, user));
  if (!id) return std::nullopt;
  auto stored = state.request(RequestId{*id});
  GATEHOUSE_ASSERT(stored.has_value());
  const auto governed = state.governed_app(app);
  if (stored->requested_version < counters_of(governed, kind).settled_all_version) return std::nullopt;
  if (stored->status != RequestStatus::pending) return std::nullopt;
  return stored;
}

}  // namespace gatehouse
