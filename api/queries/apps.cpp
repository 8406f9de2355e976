// What a member sees of the marketplace: the listing, an app's page, and whether it can be installed.
#include <algorithm>
#include <boost/describe/enum.hpp>

#include "api/gate_json.hpp"
#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "domain/scope_needs.hpp"
#include "projections/catalogue.hpp"

namespace gatehouse::api {

namespace {

BOOST_DEFINE_FIXED_ENUM_CLASS(Sort, std::uint8_t, name, newest)

Problem no_such_app() { return make_problem("app_not_found", "There is no such app for this account."); }

AppId app_of(const QueryContext& context) { return AppId{context.path.at("app_id")}; }

std::optional<AppRow> visible_app(const QueryContext& context, const AppId& app_id) {
  auto app = context.state.app(app_id);
  if (!app || !is_visible(*app, context.state.account_id()))
    return std::nullopt;
  return app;
}

AppItem item_of(const QueryContext& context, const AppId& app_id) {
  const auto app = context.state.app(app_id).value();
  auto standing = standing_of(context.state, app_id, context.access.caller.user_id());
  return {app_id,
          app.facts.name,
          app.facts.description,
          app.facts.company,
          app.facts.categories,
          app.facts.level,
          app.developer,
          app.app_type,
          app.listed,
          standing.user_state,
          std::move(standing.available_actions)};
}

std::vector<ScopeItem> scopes_of(const State& state, const AppFacts& facts) {
  std::vector<ScopeItem> scopes;
  const auto add = [&](const std::vector<std::string>& names, bool optional) {
    for (const auto& name : names) {
      auto needs = scope_needs(state, name);
      scopes.push_back({name, std::move(needs.description), optional, std::move(needs.privilege)});
    }
  };
  add(facts.required_scopes, false);
  add(facts.optional_scopes, true);
  return scopes;
}

std::string text_parameter(const QueryContext& context, std::string_view name) {
  return std::string(context.parameters.text(name).value_or(std::string_view()));
}

std::optional<RequestId> open_request(const QueryContext& context, const AppId& app_id, ManagementLevel level) {
  const auto kind = level == ManagementLevel::account ? RequestKind::install : RequestKind::pre_approval;
  const auto request = pending_request(context.state, app_id, kind, context.access.caller.user_id());
  return request ? std::optional(request->details.request_id) : std::nullopt;
}

}  // namespace

QueryResult list_apps(const QueryContext& context) {
  const CatalogueFilter filter{.words = text_parameter(context, "q"),
                               .category = text_parameter(context, "category"),
                               .developer = context.parameters.choice<DeveloperKind>("developer"),
                               .level = context.parameters.choice<ManagementLevel>("level"),
                               .scope = text_parameter(context, "scope")};
  const auto order =
      context.parameters.choice<Sort>("sort") == Sort::newest ? CatalogueOrder::newest : CatalogueOrder::by_name;
  const auto page = catalogue_page(*context.views.front().rows, context.state.account_id(), filter, order,
                                   cursor_of(context), context.page.size);
  std::vector<AppItem> items;
  for (const auto& app_id : page.items)
    items.push_back(item_of(context, app_id));
  auto answer =
      list_answer(context, items, page.next, [](std::string& out, const AppItem& item) { append_json(out, item); });
  answer.caller = context.access.caller.user_id();
  answer.catalogue = context.catalogue_position;
  return answer;
}

QueryResult show_app(const QueryContext& context) {
  const auto app_id = app_of(context);
  const auto app = visible_app(context, app_id);
  if (!app)
    return tl::unexpected(no_such_app());
  const auto& facts = app->facts;
  auto standing = standing_of(context.state, app_id, context.access.caller.user_id());
  const AppPage page{app_id,
                     facts.name,
                     facts.description,
                     facts.company,
                     facts.categories,
                     facts.level,
                     app->developer,
                     class_of(*app, Credentials::production),
                     app->app_type,
                     app->published,
                     app->listed,
                     facts.has_production,
                     facts.has_development,
                     app->manifest_version,
                     {facts.documentation_url, facts.privacy_url, facts.support_url, facts.terms_url},
                     scopes_of(context.state, facts),
                     standing.user_state,
                     std::move(standing.available_actions),
                     open_request(context, app_id, facts.level)};
  auto answer = described_answer(page, context.account_version);
  answer.caller = context.access.caller.user_id();
  answer.catalogue = context.catalogue_position;
  return answer;
}

tl::expected<GateQuestion, Problem> installation_asked_about(const QueryContext& context) {
  const auto self = context.access.caller.user_id();
  const auto asked = context.parameters.text("user_id");
  const UserId user = !asked || *asked == "me" ? self : UserId{*asked};
  if (user == self && !context.access.member)
    return tl::unexpected(invalid_parameter("user_id", "Must say whose: the caller is no member of the account."));
  if (user != self && !context.access.view && !context.access.auditor)
    return tl::unexpected(privilege_required("MarketPlace:Read"));
  const auto app_id = app_of(context);
  if (!visible_app(context, app_id))
    return tl::unexpected(no_such_app());
  if (user != self && !context.state.member(user))
    return tl::unexpected(make_problem("user_not_found", "There is no such member."));
  return GateQuestion{app_id, user,
                      context.parameters.choice<Credentials>("credentials").value_or(Credentials::production)};
}

QueryResult show_installability(const QueryContext& context) {
  const auto question = installation_asked_about(context);
  if (!question)
    return tl::unexpected(question.error());
  const auto gate = ask_gate(context.state, *question);
  QueryAnswer answer;
  {
    ObjectWriter object(answer.body);
    object.member("allowed", gate.allowed());
    object.member("reason", gate.allowed() ? std::string_view() : enum_name(gate.unmet.front().code));
    append_unmet(object.key("unmet"), gate.unmet);
    object.member("next_action", gate.next_action);
    ObjectWriter basis(object.key("basis"));
    // The last event that the answer may rest on, not the log's: other accounts' commands leave it and the ETag as they are.
    basis.member("position", std::max(context.account_position, context.catalogue_position))
        .member("account_version", context.account_version);
  }
  answer.version = context.account_version;
  answer.catalogue = context.catalogue_position;
  if (question->user_id == context.access.caller.user_id())
    answer.caller = question->user_id;
  return answer;
}

}  // namespace gatehouse::api
