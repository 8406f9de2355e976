#include "tests/domain/office.hpp"

#include <algorithm>

#include <boost/describe/enum_to_string.hpp>

#include "domain/gate.hpp"
#include "domain/request.hpp"

namespace gatehouse::test {

Scenario office() {
  Scenario scenario;
  scenario.given_member("admin", "admin");
  for (const auto* user : {"ann", "bob", "cid", "dan"})
    scenario.given_member(user);
  scenario.given(directory_service(), CreateGroup{GroupId{"sales"}, "Sales"});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"bob", "cid"})});
  scenario.given_app(notes.value, [](AppRegistered& app) {
    app.facts.required_scopes = {"meeting:read"};
    app.facts.optional_scopes = {"meeting:write"};
  });
  const auto own = [](AppRegistered& app) {
    app.developer = DeveloperKind::account;
    app.developer_account_id = AccountId{"acme"};
  };
  scenario.given_app(tool.value, own, false);
  scenario.at(catalogue_stream).given(AppActivated{tool}).at(AccountId{"acme"});
  scenario.given_app(rooms.value, [](AppRegistered& app) { app.facts.level = ManagementLevel::account; });
  require_approval(scenario, true);
  return scenario;
}

void require_approval(Scenario& scenario, bool required) {
  scenario.given(admin, SetApprovalPolicy{AppClass::public_, required, false, false});
  scenario.given(admin, SetApprovalPolicy{AppClass::unlisted, required, false, false});
}

RequestId given_request(Scenario& scenario, const Caller& caller, const AppId& app, Credentials credentials) {
  const auto outcome = app == rooms
                           ? scenario.when(caller, RequestInstall{app, "For the weekly review", credentials})
                           : scenario.when(caller, RequestPreApproval{app, "For the weekly review", credentials});
  EXPECT_TRUE(outcome.accepted()) << caller.id << " may not ask for " << app.value;
  return RequestId{outcome.accepted() ? outcome.result("request_id") : ""};
}

void given_installed(Scenario& scenario, const std::vector<std::string>& user_ids, const AppId& app) {
  require_approval(scenario, false);
  for (const auto& user : user_ids)
    scenario.given(as(user), Install{.app_id = app});
  require_approval(scenario, true);
}

void given_grant(Scenario& scenario, Audience audience, std::vector<UserId> user_ids, const AppId& app) {
  GrantPreApproval command{.app_id = app, .audience = audience};
  if (!user_ids.empty())
    command.user_ids = std::move(user_ids);
  scenario.given(admin, command);
}

void given_disabled(Scenario& scenario, const AppId& app) {
  EXPECT_TRUE(scenario.when_confirmed(admin, DisablePreApproval{.app_id = app}).accepted());
}

RequestStatus status_of(const Scenario& scenario, const RequestId& request) {
  return request_of(scenario, request).status;
}

RequestRow request_of(const Scenario& scenario, const RequestId& request) {
  return effective_request(scenario.state(), request).value();
}

std::string state_of(const Scenario& scenario, const std::string& user_id, const AppId& app) {
  const auto subscription = effective_user_subscription(scenario.state(), app, UserId{user_id});
  if (!subscription)
    return "none";
  if (!subscription->live)
    return "ended";
  std::string text;
  for (const auto cause : subscription->causes)
    text += (text.empty() ? "" : "+") + std::string(boost::describe::enum_to_string(cause, "?"));
  return text.empty() ? "active" : text;
}

std::vector<GateCode> unmet(const Scenario& scenario, const std::string& user_id, const AppId& app,
                            Credentials credentials) {
  std::vector<GateCode> codes;
  for (const auto& condition : ask_gate(scenario.state(), {app, UserId{user_id}, credentials}).unmet)
    codes.push_back(condition.code);
  return codes;
}

std::vector<std::string> errors_of(const Rejection& rejection) {
  std::vector<std::string> errors;
  for (const auto& error : rejection.errors)
    errors.push_back(error.pointer + " " + error.code);
  return errors;
}

bool has_warnings(const Outcome& outcome) {
  return std::ranges::any_of(outcome.decision().result, [](const auto& member) { return member.first == "warnings"; });
}

}  // namespace gatehouse::test
