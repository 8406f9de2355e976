#include "domain/request.hpp"

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

bool is_pending(const RequestRow& stored, const GovernedAppRow& governed) {
  return stored.status == RequestStatus::pending &&
         stored.requested_version >
             settled_version(request_counters(governed, stored.kind), stored.details.credentials);
}

std::optional<RequestRow> latest_stored(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  const auto id = state.rows().get(state_keys::latest_request(state.account_id(), app, kind, user));
  if (!id)
    return std::nullopt;
  auto stored = state.request(RequestId{*id});
  GATEHOUSE_ASSERT(stored.has_value());
  return stored;
}

}  // namespace

const RequestCounters& request_counters(const GovernedAppRow& governed, RequestKind kind) {
  return kind == RequestKind::pre_approval ? governed.pre_approval_requests : governed.install_requests;
}

std::uint64_t settled_version(const RequestCounters& counters, Credentials credentials) {
  return credentials == Credentials::development ? counters.settled_development_version : counters.settled_all_version;
}

RequestRow effective_request(const State& state, RequestRow stored) {
  if (stored.status != RequestStatus::pending)
    return stored;
  const auto& account = state.account_id();
  const auto& app = stored.details.app_id;
  const auto first_after = state_keys::bulk_decision(account, app, stored.kind, stored.requested_version + 1);
  state.rows().scan(state_keys::bulk_decisions(account, app, stored.kind), first_after,
                    [&](std::string_view key, std::string_view value) {
                      const auto decision = unpack_row<BulkDecisionRow>(value);
                      if (decision.production_only && stored.details.credentials == Credentials::development)
                        return true;
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

NotificationId notification_id_of(const RequestId& request, NotificationKind kind) {
  return NotificationId{request.value + (kind == NotificationKind::request_created ? ".created" : ".decided")};
}

std::optional<RequestRow> effective_request(const State& state, const RequestId& id) {
  auto stored = state.request(id);
  if (!stored)
    return std::nullopt;
  return effective_request(state, std::move(*stored));
}

std::optional<RequestRow> pending_request(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  return pending_request(state, state.governed_app(app), app, kind, user);
}

std::optional<RequestRow> pending_request(const State& state, const GovernedAppRow& governed, const AppId& app,
                                          RequestKind kind, const UserId& user) {
  auto stored = latest_stored(state, app, kind, user);
  if (stored && !is_pending(*stored, governed))
    stored.reset();
  return stored;
}

std::optional<RequestRow> latest_request(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  auto stored = latest_stored(state, app, kind, user);
  if (!stored)
    return std::nullopt;
  return effective_request(state, std::move(*stored));
}

std::vector<RequestRow> pending_requests_of_user(const State& state, const UserId& user) {
  std::vector<RequestRow> pending;
  state.rows().scan(state_keys::open_requests_of_user(state.account_id(), user),
                    [&](std::string_view key, std::string_view) {
                      KeyParts parts(key);
                      parts.text(), parts.text();
                      const AppId app{parts.text()};
                      if (auto request = pending_request(state, app, static_cast<RequestKind>(parts.number()), user)) {
                        pending.push_back(std::move(*request));
                      }
                      return true;
                    });
  return pending;
}

void visit_pending_requests(const State& state, const AppId& app, RequestKind kind, Credentials credentials,
                            const std::function<bool(RequestRow)>& visit) {
  const auto settled = settled_version(request_counters(state.governed_app(app), kind), credentials);
  const auto& account = state.account_id();
  state.rows().scan(state_keys::requests_by_version(account, app, kind, credentials),
                    state_keys::request_by_version(account, app, kind, credentials, settled + 1),
                    [&](std::string_view, std::string_view id) {
                      auto stored = state.request(RequestId{id});
                      GATEHOUSE_ASSERT(stored.has_value());
                      return visit(std::move(*stored));
                    });
}

UserId decider_of(const RequestRow& settled) {
  return settled.decided_by.empty() ? UserId{"system"} : settled.decided_by;
}

}  // namespace gatehouse
