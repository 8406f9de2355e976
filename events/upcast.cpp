#include "events/upcast.hpp"

namespace gatehouse {

namespace {

AppFacts upcast(v1::AppFacts old) {
  return AppFacts{.name = std::move(old.name),
                  .description = std::move(old.description),
                  .company = std::move(old.company),
                  .categories = std::move(old.categories),
                  .level = old.level,
                  .listed = old.listed,
                  .required_scopes = std::move(old.required_scopes),
                  .optional_scopes = std::move(old.optional_scopes),
                  .has_production = old.has_production,
                  .has_development = old.has_development,
                  .support_url = std::move(old.support_url),
                  .terms_url = std::move(old.terms_url),
                  .privacy_url = std::move(old.privacy_url),
                  .documentation_url = std::move(old.documentation_url)};
}

}  // namespace

AppRegistered upcast(v1::AppRegistered old) {
  return AppRegistered{.app_id = std::move(old.app_id),
                       .app_type = "general",
                       .developer = old.developer,
                       .developer_account_id = std::move(old.developer_account_id),
                       .facts = upcast(std::move(old.facts)),
                       .manifest = std::move(old.manifest)};
}

v2::AppAddedForAudience upcast(v1::AppAddedForAudience old) {
  return v2::AppAddedForAudience{.app_id = std::move(old.app_id),
                                 .audience = old.audience,
                                 .user_ids = std::move(old.user_ids),
                                 .group_ids = std::move(old.group_ids),
                                 .added_by = std::move(old.added_by),
                                 .granted_scopes = old.granted_scopes,
                                 .added = old.added,
                                 .approved_scopes = std::move(old.granted_scopes),
                                 .includes_development = false,
                                 .approved_requests = 0,
                                 .lifted = 0};
}

AppAddedForAudience upcast(v2::AppAddedForAudience old) {
  return AppAddedForAudience{.app_id = std::move(old.app_id),
                             .audience = old.audience,
                             .user_ids = std::move(old.user_ids),
                             .group_ids = std::move(old.group_ids),
                             .added_by = std::move(old.added_by),
                             .granted_scopes = std::move(old.granted_scopes),
                             .added = old.added,
                             .approved_scopes = std::move(old.approved_scopes),
                             .includes_development = old.includes_development,
                             .approved_requests = old.approved_requests,
                             .lifted = old.lifted,
                             .keeps_present = false};
}

AppUninstalled upcast(v1::AppUninstalled old) {
  return AppUninstalled{.app_id = std::move(old.app_id),
                        .target = old.target,
                        .subscription_id = {},
                        .user_id = std::move(old.user_id),
                        .removed = old.removed,
                        .by = std::move(old.uninstalled_by),
                        .cause = old.cause};
}

}  // namespace gatehouse
