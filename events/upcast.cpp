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

}  // namespace gatehouse
