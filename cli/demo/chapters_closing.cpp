// An account-level app is requested, refused for missing permissions, granted and installed; then everything is uninstalled and looked back on.
#include <boost/json/array.hpp>

#include "cli/demo/chapters.hpp"

namespace gatehouse::demo {

namespace {
using boost::json::array;
using boost::json::object;
}  // namespace

void request_to_install(Stage& stage, const Cast& cast) {
  const auto& app = cast.reports;
  const object install{{"type", "Install"}, {"app_id", app.id}, {"scope", "account"}};
  stage.chapter("An app that only admins install: \"" + app.name + "\"");
  const auto page = stage.query("member-1", "/apps/" + app.id);
  stage.expect(page, "/user_state", "request_install");
  stage.refused("member-1", install, 403, "admin_install_required");
  stage.tell("a member cannot install it: admin_install_required");
  const auto asked = stage.command("member-1", {{"type", "RequestInstall"}, {"app_id", app.id}, {"reason", "For the board"}});
  const auto request = text_at(asked, "/result/request_id");
  stage.tell("so member-1 asks the admins to install it");
  const auto refusal = stage.refused("admin", install, 403, "missing_scopes");
  stage.expect(refusal, "/unmet/0/missing_scopes/0/needs_privilege", "UsageReport:Read");
  stage.tell("the admin may not either, and reads which privilege is missing: UsageReport:Read");
  stage.command("owner", {{"type", "DefineRole"},
                          {"role", object{{"id", "app-admin"},
                                          {"name", "App admin"},
                                          {"privileges", array{"MarketPlace:Edit", "UsageReport:Read"}}}}});
  stage.tell("the owner grants it to the role app-admin");
  stage.command("admin", install);
  stage.expect(stage.query("member-1", "/requests/" + request), "/status", "fulfilled");
  stage.expect(stage.query("member-2", "/apps/" + app.id), "/user_state", "installed");
  stage.tell("the admin installs it: the request is fulfilled, everybody has it");

  const auto rooms = stage.command("member-2", {{"type", "RequestInstall"}, {"app_id", cast.rooms.id}});
  stage.command("admin", {{"type", "RejectRequests"},
                          {"kind", "install"},
                          {"app_id", cast.rooms.id},
                          {"request_ids", array{text_at(rooms, "/result/request_id")}},
                          {"reason", "Not this year"}});
  stage.tell("another request, for \"" + cast.rooms.name + "\", is rejected");
}

void uninstall(Stage& stage, const Cast& cast) {
  stage.chapter("Uninstalling");
  stage.confirmed("member-3", {{"type", "Uninstall"}, {"app_id", cast.notes.id}});
  stage.tell("member-3 uninstalled \"" + cast.notes.name + "\" for himself");
  const auto gone = stage.confirmed("admin", {{"type", "Uninstall"}, {"app_id", cast.notes.id}, {"target", "account"}});
  stage.expect(gone, "/result/removed", 2);
  stage.expect(stage.query("member-1", "/apps/" + cast.notes.id), "/user_state", "can_install");
  stage.tell("the admin uninstalled it for the account: one event ended both that were left; the approval stays");
  stage.confirmed("admin", {{"type", "Uninstall"}, {"app_id", cast.reports.id}, {"target", "account"}});
  stage.command("admin", {{"type", "RestrictApp"}, {"app_id", cast.calendar.id}, {"reason", "Not allowed here"}});
  stage.refused("member-1", {{"type", "RequestPreApproval"}, {"app_id", cast.calendar.id}}, 409, "app_restricted");
  stage.tell("a restricted app can be neither installed nor asked for");
}

void look_back(Stage& stage) {
  stage.chapter("An auditor looks back");
  const auto history = stage.audit("/events?limit=300");
  const auto& events = history.at("items").as_array();
  std::int64_t version = 0;
  for (const auto& event : events) {
    if (event.as_object().at("account_id") != boost::json::value(stage.account_id())) continue;
    if (event.as_object().at("account_version").to_number<std::int64_t>() != ++version) {
      throw Surprise("the account's history has a gap at version " + std::to_string(version));
    }
  }
  stage.tell("the account's history has " + std::to_string(events.size()) + " events without a gap");
  stage.refused("auditor", {{"type", "SetUserInstallBlock"}, {"blocked", true}}, 403, "not_a_member");
  stage.tell("and who may read it may not write it");
}

}  // namespace gatehouse::demo
