// Apps are registered, an account is opened with its roles, members and groups.
#include <boost/json/array.hpp>

#include "cli/demo/chapters.hpp"

namespace gatehouse::demo {

namespace {

using boost::json::array;
using boost::json::object;

void register_app(Stage& stage, App& app) {
  const auto answer =
      stage.platform({{"type", "RegisterApp"}, {"manifest", app.manifest}, {"developer", object{{"kind", "third_party"}}}});
  app.id = text_at(answer, "/result/app_id");
  stage.tell("registered \"" + app.name + "\" as " + app.id);
  if (const auto* warnings = answer.at("result").as_object().if_contains("warnings"); warnings != nullptr) {
    for (const auto& warning : warnings->as_array()) stage.tell("  the catalogue does not know " + std::string(warning.as_string()));
  }
}

void publish(Stage& stage, const App& app, bool listed) {
  stage.platform({{"type", "ActivateApp"}, {"app_id", app.id}});
  stage.platform({{"type", "PublishApp"}, {"app_id", app.id}, {"listed", listed}});
  stage.tell("published \"" + app.name + (listed ? "\", listed for everybody" : "\", for those who know where it is"));
}

void add_member(Stage& stage, const std::string& user, const std::string& role) {
  object member{{"type", "AddMember"}, {"user_id", user}, {"email", user + "@example.com"}, {"department", "Sales"}};
  if (!role.empty()) member["role"] = role;
  stage.command("directory", member);
  stage.tell("added " + user + (role.empty() ? std::string() : " with the role " + role));
}

}  // namespace

void open_the_marketplace(Stage& stage, Cast& cast) {
  stage.chapter("The marketplace opens");
  for (App* app : {&cast.notes, &cast.calendar, &cast.reports, &cast.rooms}) register_app(stage, *app);
  publish(stage, cast.notes, true);
  publish(stage, cast.calendar, true);
  publish(stage, cast.reports, true);
  publish(stage, cast.rooms, false);
  for (auto& app : cast.more) {
    register_app(stage, app);
    publish(stage, app, true);
  }
}

void open_the_account(Stage& stage, Cast& cast) {
  stage.chapter("A company opens its account");
  stage.platform({{"type", "OpenAccount"},
                  {"account_id", stage.account_id()},
                  {"name", "Example Company"},
                  {"owner", object{{"user_id", "owner"}, {"email", "owner@example.com"}, {"name", "The owner"}}}});
  stage.tell("opened the account " + stage.account_id());
  stage.command("owner", {{"type", "DefineRole"},
                          {"role", object{{"id", "app-admin"}, {"name", "App admin"}, {"privileges", array{"MarketPlace:Edit"}}}}});
  stage.command("owner", {{"type", "DefineRole"},
                          {"role", object{{"id", "app-viewer"}, {"name", "App viewer"}, {"privileges", array{"MarketPlace:Read"}}}}});
  stage.tell("defined the roles app-admin (MarketPlace:Edit) and app-viewer (MarketPlace:Read)");
  add_member(stage, "admin", "app-admin");
  add_member(stage, "viewer", "app-viewer");
  for (const auto* user : {"member-1", "member-2", "member-3"}) add_member(stage, user, {});
  stage.command("owner", {{"type", "CreateGroup"}, {"group_id", "sales"}, {"name", "Sales"}});
  stage.command("owner", {{"type", "AddGroupMembers"}, {"group_id", "sales"}, {"user_ids", array{"member-3"}}});
  stage.tell("made the group sales, with member-3 in it");

  const auto answer = stage.command("admin", {{"type", "RegisterApp"},
                                              {"manifest", cast.expenses.manifest},
                                              {"developer", object{{"kind", "account"}, {"account_id", stage.account_id()}}}});
  cast.expenses.id = text_at(answer, "/result/app_id");
  stage.command("admin", {{"type", "ActivateApp"}, {"app_id", cast.expenses.id}});
  stage.tell("the company registered and activated an app of its own: \"" + cast.expenses.name + "\"");
  stage.query("member-1", "/apps/" + cast.expenses.id);

  stage.command("admin", {{"type", "SetApprovalPolicy"},
                          {"class", "public"},
                          {"required", true},
                          {"exempt_platform", false},
                          {"exempt_account", false}});
  const auto permissions = stage.query("viewer", "/permissions");
  stage.expect(permissions, "/public/required", true);
  stage.tell("the admin requires pre-approval for publicly listed apps");
  stage.refused("member-1", {{"type", "SetUserInstallBlock"}, {"blocked", true}}, 403, "privilege_required");
  stage.tell("a member may not change permissions: refused with privilege_required");
}

}  // namespace gatehouse::demo
