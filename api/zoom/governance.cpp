// Z3, Z5, Z6 and Z8 as native commands. No rule lives here: what the vendor calls an action is one command or two.
#include <array>

#include "api/zoom/action_body.hpp"
#include "api/zoom/app_json.hpp"
#include "api/zoom/governance.hpp"
#include "api/zoom/refusals.hpp"
#include "api/zoom/run_commands.hpp"
#include "domain/allow_list.hpp"
#include "domain/limits.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse::api::zoom {

namespace {

using Commands = tl::expected<std::vector<Command>, Problem>;

AppId app_of(const Exchange& exchange) { return AppId{exchange.entry().path.at("app_id")}; }

bool names_app(const Exchange& exchange) { return is_valid_id(exchange.entry().path.at("app_id")); }

Problem no_such_app() { return make_problem("app_not_found", "There is no such app for this account."); }
// To the vendor's clients a deleted app is none. Whoever may not govern is told that first, as the commands do.
std::optional<Problem> deleted_app(const Services& services, const Exchange& exchange) {
  const auto snapshot = services.log.state();
  const State state(*snapshot, exchange.entry().account->id());
  const auto app = state.app(app_of(exchange));
  if (!app || !app->withdrawn)
    return std::nullopt;
  const auto access = look_up_access(*exchange.entry().claims, *exchange.entry().account, state);
  if (!access)
    return access.error();
  return access->edit ? no_such_app() : privilege_required("MarketPlace:Edit");
}

Problem nobody_named() { return make_problem("invalid_value", "The action needs at least one user or group."); }

template <class Id>
std::optional<std::vector<Id>> some(std::vector<Id> ids) {
  return ids.empty() ? std::nullopt : std::optional(std::move(ids));
}

// What is sent beside that which the action is about has no effect, and is not answered.
void keep_what_is_meant(ActionBody& body) {
  if (!body.action.ends_with("_user"))
    body.user_ids.clear();
  if (!body.action.ends_with("_group"))
    body.group_ids.clear();
}

// 201 with what was named and when, as Z3 and Z5 answer; `when` is the member that holds the time.
Answer created(const Services& services, std::string_view when, ActionBody body) {
  return [&services, when, body = std::move(body)](const Committed& committed) {
    const auto now = committed.events.empty() ? services.clock() : committed.events.back().envelope.recorded_at;
    std::string text;
    ObjectWriter(text)
        .member(when, time_text(now))
        .member("user_ids", body.user_ids)
        .member("group_ids", body.group_ids);
    return http::Response{.status = 201, .content_type = "application/json", .headers = {}, .body = std::move(text)};
  };
}

// Taking somebody off limits the app to those on the list; who is not on it need not be taken off.
Commands disapprove(const Services& services, const Exchange& exchange, ActionBody body) {
  const auto app_id = app_of(exchange);
  const auto snapshot = services.log.state();
  const State state(*snapshot, exchange.entry().account->id());
  const auto access = look_up_access(*exchange.entry().claims, *exchange.entry().account, state);
  if (!access)
    return tl::unexpected(access.error());
  if (!access->edit)
    return tl::unexpected(privilege_required("MarketPlace:Edit"));
  const auto governed = state.governed_app(app_id);
  if (state.app(app_id) && !governed.pre_approval_on) {
    return tl::unexpected(make_problem(pre_approval_off_code, "The app is not pre-approved."));
  }
  std::erase_if(body.user_ids,
                [&](const UserId& user) { return !entry_in_force(state, app_id, state_keys::entry_of_user(user)); });
  std::erase_if(body.group_ids, [&](const GroupId& group) {
    return !entry_in_force(state, app_id, state_keys::entry_of_group(group));
  });
  std::vector<Command> commands{SetInstallAudience{app_id, Audience::selected}};
  if (!body.user_ids.empty() || !body.group_ids.empty()) {
    commands.push_back(
        RemoveAllowListEntries{.app_id = app_id, .user_ids = some(body.user_ids), .group_ids = some(body.group_ids)});
  }
  return commands;
}

// `body` names users or groups, as its action says.
Commands pre_approval_commands(const Services& services, const Exchange& exchange, const ActionBody& body) {
  const auto app_id = app_of(exchange);
  if (body.action == "approve_all")
    return std::vector<Command>{GrantPreApproval{.app_id = app_id, .audience = Audience::everyone}};
  if (body.action == "disapprove_all")
    return std::vector<Command>{DisablePreApproval{.app_id = app_id}};
  if (body.user_ids.empty() && body.group_ids.empty())
    return tl::unexpected(nobody_named());
  if (body.action.starts_with("disapprove"))
    return disapprove(services, exchange, body);
  return std::vector<Command>{GrantPreApproval{.app_id = app_id,
                                               .audience = Audience::selected,
                                               .user_ids = some(body.user_ids),
                                               .group_ids = some(body.group_ids)}};
}

Commands addition_commands(const AppId& app_id, const ActionBody& body) {
  if (body.action == "add_all")
    return std::vector<Command>{AddAppForUsers{.app_id = app_id, .audience = Audience::everyone}};
  AddAppForUsers command{.app_id = app_id, .audience = Audience::selected};
  if (body.action == "add_user")
    command.user_ids = some(body.user_ids);
  else
    command.group_ids = some(body.group_ids);
  if (!command.user_ids && !command.group_ids)
    return tl::unexpected(nobody_named());
  return std::vector<Command>{std::move(command)};
}

Commands decision_commands(const AppId& app_id, RequestKind kind, const ActionBody& body) {
  if (body.action == "approve_all")
    return std::vector<Command>{ApproveAllRequests{.app_id = app_id}};
  if (body.action == "decline_all")
    return std::vector<Command>{DeclineAllRequests{.app_id = app_id}};
  if (body.user_ids.empty())
    return tl::unexpected(nobody_named());
  if (body.action == "approve")
    return std::vector<Command>{ApproveRequests{.app_id = app_id, .user_ids = body.user_ids}};
  if (body.action == "decline")
    return std::vector<Command>{RejectRequests{.kind = kind, .app_id = app_id, .user_ids = body.user_ids}};
  return std::vector<Command>{CancelRequests{.kind = kind, .app_id = app_id, .user_ids = body.user_ids}};
}

// Requests for an account-level app are requests to install.
RequestKind kind_of(const Services& services, const Exchange& exchange) {
  const auto snapshot = services.log.state();
  const auto app = State(*snapshot, exchange.entry().account->id()).app(app_of(exchange));
  return app && app->facts.level == ManagementLevel::account ? RequestKind::install : RequestKind::pre_approval;
}

}  // namespace

void pre_approve(const Services& services, ExchangePointer exchange) {
  static constexpr std::array<std::string_view, 6> actions{"approve_all",   "approve_user",     "disapprove_user",
                                                           "approve_group", "disapprove_group", "disapprove_all"};
  if (!names_app(*exchange))
    return exchange->refuse(no_such_app());
  auto body = read_action(exchange->request().body, {.actions = actions, .ids_max = pre_approval_ids_max});
  if (!body)
    return exchange->refuse(std::move(body.error()));
  if (auto deleted = deleted_app(services, *exchange))
    return exchange->refuse(std::move(*deleted));
  keep_what_is_meant(*body);
  auto commands = pre_approval_commands(services, *exchange, *body);
  if (!commands)
    return exchange->refuse(std::move(commands.error()));
  run_commands(services, std::move(exchange), std::move(*commands), created(services, "executed_at", std::move(*body)));
}

void add_for_users(const Services& services, ExchangePointer exchange) {
  static constexpr std::array<std::string_view, 3> actions{"add_all", "add_user", "add_group"};
  if (!names_app(*exchange))
    return exchange->refuse(no_such_app());
  auto body = read_action(exchange->request().body, {.actions = actions, .ids_max = limits::list_items_max});
  if (!body)
    return exchange->refuse(std::move(body.error()));
  if (auto deleted = deleted_app(services, *exchange))
    return exchange->refuse(std::move(*deleted));
  keep_what_is_meant(*body);
  auto commands = addition_commands(app_of(*exchange), *body);
  if (!commands)
    return exchange->refuse(std::move(commands.error()));
  run_commands(services, std::move(exchange), std::move(*commands), created(services, "added_at", std::move(*body)));
}

void decide_requests(const Services& services, ExchangePointer exchange) {
  static constexpr std::array<std::string_view, 5> actions{"approve_all", "approve", "decline_all", "decline",
                                                           "cancel"};
  if (!names_app(*exchange))
    return exchange->refuse(no_such_app());
  auto body = read_action(exchange->request().body,
                          {.actions = actions, .users = "request_user_ids", .ids_max = limits::list_items_max});
  if (!body)
    return exchange->refuse(std::move(body.error()));
  if (auto deleted = deleted_app(services, *exchange))
    return exchange->refuse(std::move(*deleted));
  auto commands = decision_commands(app_of(*exchange), kind_of(services, *exchange), *body);
  if (!commands)
    return exchange->refuse(std::move(commands.error()));
  run_commands(services, std::move(exchange), std::move(*commands), no_content);
}

void switch_subscription(const Services& services, ExchangePointer exchange) {
  static constexpr std::array<std::string_view, 2> actions{"enable", "disable"};
  if (!names_app(*exchange))
    return exchange->refuse(no_such_app());
  const auto asked = exchange->entry().path.at("user_id");
  if (!is_valid_id(asked))
    return exchange->refuse(make_problem("user_not_found", "There is no such member."));
  const auto body = read_action(exchange->request().body, {.actions = actions});
  if (!body)
    return exchange->refuse(body.error());
  if (auto deleted = deleted_app(services, *exchange))
    return exchange->refuse(std::move(*deleted));
  const UserId user{asked == "me" ? std::string_view(exchange->entry().claims->subject) : asked};
  const auto app_id = app_of(*exchange);
  std::vector<Command> commands;
  if (body->action == "enable")
    commands.push_back(EnableSubscription{app_id, user});
  else
    commands.push_back(DisableSubscription{app_id, user});
  run_commands(services, std::move(exchange), std::move(commands), no_content);
}

}  // namespace gatehouse::api::zoom
