// A member asks for an app, an admin decides, and later limits who can install it.
#include <boost/json/array.hpp>

#include "cli/demo/chapters.hpp"

namespace gatehouse::demo {

namespace {

using boost::json::array;
using boost::json::object;

object install(const App& app) { return {{"type", "Install"}, {"app_id", app.id}}; }

void expect_state(Stage& stage, const std::string& person, const App& app, std::string_view state) {
  stage.expect(stage.query(person, "/apps/" + app.id), "/user_state", boost::json::string(state));
  stage.tell(person + " sees \"" + app.name + "\" as " + std::string(state));
}

}  // namespace

void request_and_approve(Stage& stage, const Cast& cast) {
  const auto& app = cast.notes;
  stage.chapter("A member asks for \"" + app.name + "\"");
  expect_state(stage, "member-1", app, "can_request");
  stage.refused("member-1", install(app), 403, "pre_approval_required");
  stage.tell("installing it without approval is refused, and says what is missing: pre_approval_required");
  const auto asked =
      stage.command("member-1", {{"type", "RequestPreApproval"}, {"app_id", app.id}, {"reason", "For the weekly review"}});
  const auto request = text_at(asked, "/result/request_id");
  stage.tell("member-1 asked for it: request " + request);
  expect_state(stage, "member-1", app, "request_pending");
  const auto again = stage.refused("member-1", {{"type", "RequestPreApproval"}, {"app_id", app.id}}, 409, "request_already_pending");
  stage.expect(again, "/request_id", boost::json::string(request));
  stage.tell("asking twice answers the open request instead of making a second one");

  stage.chapter("The admin decides");
  const auto inbox = stage.query("viewer", "/app-requests?kind=pre_approval&state=active");
  stage.expect(inbox, "/items/0/app_id", boost::json::string(app.id));
  stage.expect(inbox, "/items/0/pending", 1);
  stage.tell("the inbox shows one pending request for \"" + app.name + "\"");
  stage.refused("viewer", {{"type", "ApproveRequests"}, {"app_id", app.id}, {"user_ids", array{"member-1"}}}, 403, "privilege_required");
  stage.tell("who may only view cannot decide");
  stage.command("admin", {{"type", "ApproveRequests"}, {"app_id", app.id}, {"user_ids", array{"member-1"}}, {"reason", "Fine"}});
  stage.expect(stage.query("member-1", "/requests/" + request), "/status", "approved");
  stage.tell("the admin approved it; the requester reads the outcome");
  expect_state(stage, "member-1", app, "can_install");
  stage.command("member-1", install(app));
  expect_state(stage, "member-1", app, "installed");
  stage.refused("member-2", install(app), 403, "not_in_allow_list");
  stage.tell("member-2 was not approved: not_in_allow_list");
}

void limit_who_can_install(Stage& stage, const Cast& cast) {
  const auto& app = cast.notes;
  stage.chapter("The admin opens the app for everyone, then limits who can install");
  stage.command("admin", {{"type", "GrantPreApproval"}, {"app_id", app.id}, {"audience", "everyone"}});
  expect_state(stage, "member-2", app, "can_install");
  stage.command("member-2", install(app));
  stage.tell("member-2 installed it");
  stage.command("admin", {{"type", "SetInstallAudience"}, {"app_id", app.id}, {"audience", "selected"}});
  stage.command("admin", {{"type", "AddAllowListEntries"},
                          {"app_id", app.id},
                          {"emails", array{"someone.new@example.com"}},
                          {"group_ids", array{"sales"}}});
  const auto list = stage.query("viewer", "/apps/" + app.id + "/allow-list");
  stage.tell("the list has " + std::to_string(list.at("items").as_array().size()) +
             " entries now: a user, a group, and an address of somebody who is yet to come");
  expect_state(stage, "member-2", app, "installed");
  stage.tell("  (narrowing the audience never takes away what is installed)");
  stage.command("member-3", install(app));
  stage.tell("member-3 installed it, as a member of the group sales");
  stage.command("directory", {{"type", "AddMember"}, {"user_id", "newcomer"}, {"email", "Someone.New@example.com"}});
  expect_state(stage, "newcomer", app, "can_install");
}

void reject_a_request(Stage& stage, const Cast& cast) {
  const auto& app = cast.calendar;
  stage.chapter("The admin rejects a request for \"" + app.name + "\"");
  const auto asked = stage.command("member-2", {{"type", "RequestPreApproval"}, {"app_id", app.id}});
  const auto request = text_at(asked, "/result/request_id");
  stage.command("admin", {{"type", "RejectRequests"},
                          {"kind", "pre_approval"},
                          {"app_id", app.id},
                          {"request_ids", array{request}},
                          {"reason", "We already have one"}});
  const auto seen = stage.query("member-2", "/requests/" + request);
  stage.expect(seen, "/status", "rejected");
  stage.expect(seen, "/decision/reason", "We already have one");
  stage.tell("member-2 reads that it was rejected, by whom and why");
  const auto late = stage.refused("owner", {{"type", "ApproveRequests"}, {"app_id", app.id}, {"request_ids", array{request}}}, 409,
                                  "request_not_pending");
  stage.expect(late, "/decided_by", "admin");
  stage.tell("a second admin who comes too late is told who decided");
  stage.query("member-1", "/requests/" + request, 404);
  stage.tell("another member does not even learn that the request exists");
}

void disable_and_enable(Stage& stage, const Cast& cast) {
  const auto& app = cast.notes;
  stage.chapter("The admin disables \"" + app.name + "\"");
  stage.confirmed("admin", {{"type", "DisablePreApproval"}, {"app_id", app.id}, {"reason", "Under review"}});
  expect_state(stage, "member-1", app, "disabled");
  expect_state(stage, "member-2", app, "disabled");
  stage.command("admin", {{"type", "GrantPreApproval"}, {"app_id", app.id}, {"audience", "everyone"}});
  expect_state(stage, "member-1", app, "installed");
  stage.tell("granting again gave everybody the app back");
  stage.command("admin", {{"type", "DisableSubscription"}, {"app_id", app.id}, {"user_id", "member-2"}});
  expect_state(stage, "member-2", app, "disabled");
  stage.command("admin", {{"type", "EnableSubscription"}, {"app_id", app.id}, {"user_id", "member-2"}});
  expect_state(stage, "member-2", app, "installed");
}

}  // namespace gatehouse::demo
