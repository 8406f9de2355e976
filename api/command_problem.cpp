#include "api/command_problem.hpp"

#include <algorithm>
#include <array>

#include "api/gate_json.hpp"

namespace gatehouse::api {
namespace {

std::string setting_of(const ReadError& error) { return error.setting; }
std::string setting_of(const FieldError&) { return {}; }

template <class Error>
void add_errors(Problem& problem, const std::vector<Error>& errors, std::string_view prefix) {
  if (errors.empty())
    return;
  append_key(problem.extensions, "errors");
  ArrayWriter list(problem.extensions);
  for (const auto& error : errors) {
    const auto pointer = std::string(prefix) + error.pointer;
    ObjectWriter object(list.next());
    object.member("pointer", pointer).member("code", error.code).member("detail", error.detail);
    object.member_if_any("setting", setting_of(error));
  }
}

// Forbidden, unless the gate found that the caller has the app already (domain rules 2.5, step 4).
constexpr std::array forbidden_by_gate{RejectionCode::app_not_available,      RejectionCode::credentials_not_available,
                                       RejectionCode::user_installs_blocked,  RejectionCode::app_restricted,
                                       RejectionCode::admin_install_required, RejectionCode::pre_approval_required,
                                       RejectionCode::request_pending,        RejectionCode::not_in_allow_list,
                                       RejectionCode::missing_scopes,         RejectionCode::not_a_member};

void add_confirmation(Problem& problem, const Rejection& rejection) {
  if (rejection.impact) {
    append_key(problem.extensions, "impact");
    ObjectWriter impact(problem.extensions);
    for (const auto& [what, count] : rejection.impact->counts)
      impact.member(what, count);
  }
  if (rejection.confirmation_token.empty())
    return;
  problem.with("confirmation_token", rejection.confirmation_token);
  problem.with("confirmation_expires_at", rejection.confirmation_expires_at);
}

template <class T>
void add_if_any(Problem& problem, std::string_view name, const T& value) {
  if (!is_absent(value))
    problem.with(name, value);
}

}  // namespace

std::span<const RejectionCode> codes_forbidden_by_gate() { return forbidden_by_gate; }

Problem to_problem(const UnreadableCommand& unreadable) {
  auto problem = make_problem(unreadable.code, unreadable.detail);
  add_errors(problem, unreadable.errors, "");
  return problem;
}

Problem to_problem(const Rejection& rejection, std::optional<std::size_t> command_index) {
  const auto prefix = command_index ? "/commands/" + std::to_string(*command_index) : std::string();
  auto problem = rejection.code == RejectionCode::insufficient_scope && !rejection.privilege.empty()
                     ? insufficient_scope(rejection.privilege)
                     : make_problem(to_text(rejection.code), rejection.detail);
  if (rejection.code == RejectionCode::privilege_required)
    add_if_any(problem, "privilege", rejection.privilege);
  if (command_index)
    problem.with("command_index", static_cast<std::uint64_t>(*command_index));
  add_errors(problem, rejection.errors, prefix);
  if (!rejection.unmet.empty()) {
    if (std::ranges::find(forbidden_by_gate, rejection.code) != forbidden_by_gate.end())
      problem.status = 403;
    append_key(problem.extensions, "unmet");
    append_unmet(problem.extensions, rejection.unmet);
  }
  add_if_any(problem, "next_action", rejection.next_action);
  add_if_any(problem, "request_id", rejection.request_id);
  add_if_any(problem, "request_status", rejection.status);
  add_if_any(problem, "decided_by", rejection.decided_by);
  add_if_any(problem, "decided_at", rejection.decided_at);
  add_if_any(problem, "user_id", rejection.user_id);
  add_confirmation(problem, rejection);
  return problem;
}

Problem to_problem(const Failed& failed) {
  switch (failed.failure) {
  case Failure::queue_full:
    return make_problem("busy", "The queue of commands is full; the command has not run.");
  case Failure::read_only:
    if (failed.detail.starts_with(disk_full_reason)) {
      return make_problem("disk_full", "The disk is full; the command has not run.");
    }
    return make_problem("read_only", "The server takes no commands now; the command has not run.");
  case Failure::key_reused:
    return make_problem("idempotency_key_reused", "The Idempotency-Key was sent before with another request.");
  case Failure::contended:
    return make_problem("contended", "The account changed again and again; the command has not run.");
  case Failure::unknown:
    return make_problem(
        "outcome_unknown",
        "It is not known whether the command ran. Repeat it with the same Idempotency-Key to find out.");
  }
  return make_problem("internal_error", "");
}

}  // namespace gatehouse::api
