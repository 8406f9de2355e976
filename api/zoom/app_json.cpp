#include "api/zoom/app_json.hpp"

#include "api/json/described_writer.hpp"
#include "api/shown_app.hpp"
#include "domain/gate.hpp"
#include "domain/scope_needs.hpp"

namespace gatehouse::api::zoom {

namespace {

constexpr std::uint64_t under_admin_management = 1;
constexpr std::uint64_t users_have_access = 2;

std::string_view status_of(const AppRow& app) {
  if (!app.published)
    return "UNPUBLISHED";
  return app.listed ? "PUBLISHED" : "SHARABLE";
}

// INTERNAL is relative to the account that asks (R26).
std::string_view developer_of(const AppRow& app, const AccountId& account) {
  if (app.developer == DeveloperKind::platform)
    return "ZOOM";
  return app.developer == DeveloperKind::account && app.developer_account_id == account ? "INTERNAL" : "THIRD_PARTY";
}

}  // namespace

std::optional<AppRow> present_app(const State& state, const AppId& app_id) {
  auto app = shown_app(state, app_id);
  if (!app || app->withdrawn)
    return std::nullopt;
  const bool is_known = is_visible(*app, state.account_id()) || state.governed_app(app_id).version != 0;
  return is_known ? std::move(app) : std::nullopt;
}

std::string_view type_of(const AppRow& app) {
  if (app.app_type == "s2s_oauth" || app.app_type == "meeting_sdk")
    return "OAuthApp";
  return "GeneralApp";
}

std::string time_text(Timestamp time) {
  constexpr std::size_t up_to_seconds = 19;
  return gatehouse::api::time_text(time).substr(0, up_to_seconds) + "Z";
}

void append_identity(ObjectWriter& object, const AppId& app_id, const AppRow& app) {
  object.member("app_id", app_id)
      .member("app_name", app.facts.name)
      .member("app_type", type_of(app))
      .member("app_usage", app.facts.level == ManagementLevel::account ? under_admin_management : users_have_access)
      .member("app_status", status_of(app));
}

void append_facts(ObjectWriter& object, const QueryContext& context, const AppRow& app) {
  object.member("app_developer_type", developer_of(app, context.state.account_id()))
      .member("app_description", app.facts.description)
      .member("app_icon", "");
  {
    ArrayWriter scopes(object.key("scopes"));
    for (const auto* names : {&app.facts.required_scopes, &app.facts.optional_scopes}) {
      for (const auto& name : *names) {
        ObjectWriter(scopes.next())
            .member("scope_name", name)
            .member("scope_description", scope_needs(context.state, name).description);
      }
    }
  }
  object.member("app_privacy_policy_url", app.facts.privacy_url)
      .member("app_directory_url", app.facts.documentation_url)
      .member("app_help_url", app.facts.support_url);
}

void append_approval(ObjectWriter& object, const QueryContext& context, const AppRow& app,
                     const GovernedAppRow& governed) {
  ObjectWriter approval(object.key("approval_info"));
  if (governed.pre_approval_on) {
    approval.member("approved_type", governed.audience == Audience::everyone ? "forAllUser" : "forSpecificUser")
        .member("approver_id", governed.approver_id)
        .member("approved_time", time_text(governed.approved_at));
  }
  const auto account = context.state.account();
  const bool asked = account && approval_required(*account, app, context.state.account_id(), Credentials::production);
  approval.member("app_approval_closed", !asked);
}

}  // namespace gatehouse::api::zoom
