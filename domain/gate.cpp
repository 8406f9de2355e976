#include "domain/gate.hpp"

#include <algorithm>

#include "domain/allow_list.hpp"
#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/scope_needs.hpp"
#include "domain/subscription.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t gate_steps = 10;

// Everything the steps look at, read once.
struct Facts {
  const State& state;
  const GateQuestion& question;
  std::optional<AppRow> app;  // always there
  AccountRow account;
  std::optional<MemberRow> directory_entry;  // whatever its status
  const MemberRow* member{};                 // only an active one
  bool edits{};                              // the user holds MarketPlace:Edit
  GovernedAppRow governed;
};

class Walk {
 public:
  Walk() { answer_.steps.reserve(gate_steps); }
  void pass(std::uint8_t step, std::string outcome) { answer_.steps.push_back({step, std::move(outcome)}); }
  Unmet& fail(std::uint8_t step, GateCode code, std::string_view next_action = {}) {
    if (answer_.unmet.empty())
      answer_.next_action = next_action;
    answer_.unmet.push_back({.code = code, .step = step, .missing_scopes = {}, .request_id = {}});
    return answer_.unmet.back();
  }
  GateAnswer take() { return std::move(answer_); }

 private:
  GateAnswer answer_;
};

bool has_credentials(const AppRow& app, Credentials credentials) {
  return credentials == Credentials::production ? app.facts.has_production : app.facts.has_development;
}

void availability(const Facts& facts, Walk& walk) {
  const bool is_available = facts.app->activated && !facts.app->withdrawn;
  const bool has_them = has_credentials(*facts.app, facts.question.credentials);
  if (!is_available)
    walk.fail(2, GateCode::app_not_available);
  if (!has_them)
    walk.fail(2, GateCode::credentials_not_available);
  if (is_available && has_them)
    walk.pass(2, "available");
}

void membership(const Facts& facts, Walk& walk) {
  if (facts.member) {
    walk.pass(3, "active_member");
  } else {
    walk.fail(3, GateCode::not_a_member);
  }
}

void existing_subscription(const Facts& facts, Walk& walk) {
  const auto& app_id = facts.question.app_id;
  const auto& user = facts.question.user_id;
  const auto subscription = facts.app->facts.level == ManagementLevel::account
                                ? effective_account_subscription(facts.state, app_id)
                                : user_subscription_from({facts.app, facts.governed, facts.directory_entry}, app_id,
                                                         user, facts.state.user_subscription(app_id, user));
  if (!subscription || !subscription->live) {
    walk.pass(4, "not_installed");
  } else if (subscription->active()) {
    walk.fail(4, GateCode::already_installed);
  } else {
    walk.fail(4, GateCode::subscription_disabled, "enable");
  }
}

void blocks(const Facts& facts, Walk& walk) {
  if (!facts.account.user_installs_blocked) {
    walk.pass(5, "not_blocked");
  } else if (facts.edits) {
    walk.pass(5, "admin");
  } else {
    walk.fail(5, GateCode::user_installs_blocked);
  }
  if (facts.governed.restricted) {
    walk.fail(6, GateCode::app_restricted);
  } else {
    walk.pass(6, "not_restricted");
  }
}

std::optional<RequestId> open_request_of(const Facts& facts, RequestKind kind) {
  if (!facts.member)
    return std::nullopt;
  const auto request =
      pending_request(facts.state, facts.governed, facts.question.app_id, kind, facts.question.user_id);
  return request ? std::optional(request->details.request_id) : std::nullopt;
}

void management_level(const Facts& facts, Walk& walk) {
  if (facts.app->facts.level == ManagementLevel::user) {
    walk.pass(7, "user_level");
  } else if (facts.edits) {
    walk.pass(7, "admin");
  } else {
    const auto open = open_request_of(facts, RequestKind::install);
    walk.fail(7, GateCode::admin_install_required, open ? "wait_for_decision" : "request_install").request_id = open;
  }
}

// Why an app of this class needs no pre-approval here; empty when it does.
std::string approval_exemption(const AccountRow& account, const AppRow& app, const AccountId& account_id,
                               Credentials credentials) {
  if (app.facts.level == ManagementLevel::account)
    return "account_level";
  const auto& policy =
      class_of(app, credentials) == AppClass::public_ ? account.public_policy : account.unlisted_policy;
  if (!policy.required)
    return "not_required";
  if (policy.exempt_platform && app.developer == DeveloperKind::platform)
    return "exempt_platform";
  const bool own = app.developer == DeveloperKind::account && app.developer_account_id == account_id;
  return policy.exempt_account && own ? "exempt_account" : "";
}

// Why step 8 lets the app pass; empty when it does not.
std::string approval_outcome(const Facts& facts) {
  const auto credentials = facts.question.credentials;
  auto exemption = approval_exemption(facts.account, *facts.app, facts.state.account_id(), credentials);
  if (!exemption.empty())
    return exemption;
  const bool covered = credentials == Credentials::production || facts.governed.includes_development;
  return facts.governed.pre_approval_on && covered ? "pre_approved" : "";
}

void approval(const Facts& facts, Walk& walk) {
  const auto open = open_request_of(facts, RequestKind::pre_approval);
  if (auto outcome = approval_outcome(facts); !outcome.empty()) {
    walk.pass(8, std::move(outcome));
  } else if (open) {
    walk.fail(8, GateCode::request_pending, facts.edits ? "pre_approve" : "wait_for_decision").request_id = open;
  } else {
    walk.fail(8, GateCode::pre_approval_required, facts.edits ? "pre_approve" : "request_pre_approve");
  }

  const auto& governed = facts.governed;
  if (!governed.pre_approval_on || governed.audience == Audience::everyone) {
    walk.pass(9, governed.pre_approval_on ? "everyone" : "pre_approval_off");
  } else if (facts.member &&
             in_audience(facts.state, governed, facts.question.app_id, facts.question.user_id, *facts.member)) {
    walk.pass(9, "in_allow_list");
  } else {
    const auto action = facts.edits ? "pre_approve" : open ? "wait_for_decision" : "request_pre_approve";
    walk.fail(9, GateCode::not_in_allow_list, action).request_id = open;
  }
}

void scopes(const Facts& facts, Walk& walk) {
  if (!facts.member)
    return;
  auto missing = missing_scopes(facts.state, *facts.app, *facts.member);
  if (missing.empty()) {
    walk.pass(10, "holds_required_scopes");
  } else {
    walk.fail(10, GateCode::missing_scopes, "ask_admin").missing_scopes = std::move(missing);
  }
}

}  // namespace

bool GateAnswer::has(GateCode code) const {
  return std::any_of(unmet.begin(), unmet.end(), [code](const Unmet& condition) { return condition.code == code; });
}

Credentials usual_credentials(const AppFacts& facts) {
  return facts.has_production || !facts.has_development ? Credentials::production : Credentials::development;
}

GateAnswer ask_gate(const State& state, const GateQuestion& question) {
  Walk walk;
  auto app = state.app(question.app_id);
  auto account = state.account();
  // Whoever may not see the app learns nothing else about it.
  if (!account || !app || !is_visible(*app, state.account_id())) {
    walk.fail(1, GateCode::app_not_found);
    return walk.take();
  }
  walk.pass(1, app->published ? "published" : "own_account");
  Facts facts{.state = state,
              .question = question,
              .app = std::move(app),
              .account = std::move(*account),
              .directory_entry = state.member(question.user_id),
              .governed = state.governed_app(question.app_id)};
  if (facts.directory_entry && facts.directory_entry->status == MemberStatus::active)
    facts.member = &*facts.directory_entry;
  facts.edits = facts.member != nullptr && role_grants(state, facts.member->role_id, marketplace_edit);
  availability(facts, walk);
  membership(facts, walk);
  existing_subscription(facts, walk);
  blocks(facts, walk);
  management_level(facts, walk);
  approval(facts, walk);
  scopes(facts, walk);
  return walk.take();
}

AppClass class_of(const AppRow& app, Credentials credentials) {
  return app.published && app.listed && credentials == Credentials::production ? AppClass::public_ : AppClass::unlisted;
}

bool is_visible(const AppRow& app, const AccountId& account) {
  return app.published || (app.developer == DeveloperKind::account && app.developer_account_id == account);
}

bool approval_required(const AccountRow& account, const AppRow& app, const AccountId& account_id,
                       Credentials credentials) {
  return approval_exemption(account, app, account_id, credentials).empty();
}

bool in_audience(const State& state, const GovernedAppRow& governed, const AppId& app, const UserId& user,
                 const MemberRow& member) {
  if (!governed.pre_approval_on)
    return false;
  if (governed.audience == Audience::everyone)
    return true;
  return is_listed(state, app, user, member);
}

std::vector<MissingScope> missing_scopes(const State& state, const AppRow& app, const MemberRow& member) {
  std::vector<MissingScope> missing;
  if (member.role_id == owner_role)
    return missing;
  for (const auto& scope : app.facts.required_scopes) {
    if (meets(state, member, privilege_needed(state, scope)))
      continue;
    auto needs = scope_needs(state, scope);
    missing.push_back(
        {.scope = scope, .description = std::move(needs.description), .needs_privilege = std::move(needs.privilege)});
  }
  return missing;
}

}  // namespace gatehouse
