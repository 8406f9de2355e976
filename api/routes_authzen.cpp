// OpenID AuthZEN Authorization API 1.0, for policy enforcement points that speak it already.
#include "api/authzen/metadata_endpoint.hpp"
#include "api/authzen/queries.hpp"
#include "api/route_table.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view question_schema =
    R"({"type":"object","required":["subject","action","resource"],"properties":{"subject":{"type":"object","required":["type","id"]},"action":{"type":"object","required":["name"]},"resource":{"type":"object","required":["type","id"]},"context":{"type":"object","properties":{"as_of":{"type":["string","integer"],"description":"As of this time or position."},"at_position":{"type":"integer"},"assume":{"type":"object","description":"What to assume; needs MarketPlace:Read.","properties":{"settings":{"type":"object","description":"public, unlisted: required, exempt_platform, exempt_account; user_installs_blocked."},"roles":{"type":"object","description":"A role's id for each user id."},"allow_list":{"type":"array","items":{"type":"string"},"maxItems":100,"description":"Users or e-mails on the app's list as well; where it has none, on one of their own."}}}}}}})";
constexpr std::string_view batch_schema =
    R"({"type":"object","properties":{"subject":{"type":"object"},"action":{"type":"object"},"resource":{"type":"object"},"context":{"type":"object","properties":{"as_of":{"type":["string","integer"],"description":"As of this time or position."},"at_position":{"type":"integer"},"assume":{"type":"object","description":"What to assume; needs MarketPlace:Read.","properties":{"settings":{"type":"object","description":"public, unlisted: required, exempt_platform, exempt_account; user_installs_blocked."},"roles":{"type":"object","description":"A role's id for each user id."},"allow_list":{"type":"array","items":{"type":"string"},"maxItems":100,"description":"Users or e-mails on the app's list as well; where it has none, on one of their own."}}}}},"evaluations":{"type":"array","maxItems":1000,"items":{"type":"object"}},"options":{"type":"object","properties":{"evaluations_semantic":{"enum":["execute_all","deny_on_first_deny","permit_on_first_permit"]}}}}})";
constexpr std::string_view search_schema =
    R"({"type":"object","required":["subject","resource"],"properties":{"subject":{"type":"object","required":["type"]},"action":{"type":"object","required":["name"]},"resource":{"type":"object","required":["type"]},"context":{"type":"object","properties":{"as_of":{"type":["string","integer"],"description":"As of this time or position."},"at_position":{"type":"integer"},"assume":{"type":"object","description":"What to assume; needs MarketPlace:Read.","properties":{"settings":{"type":"object","description":"public, unlisted: required, exempt_platform, exempt_account; user_installs_blocked."},"roles":{"type":"object","description":"A role's id for each user id."},"allow_list":{"type":"array","items":{"type":"string"},"maxItems":100,"description":"Users or e-mails on the app's list as well; where it has none, on one of their own."}}}}},"page":{"type":"object","properties":{"token":{"type":"string"},"limit":{"type":"integer","minimum":1}}}}})";

Route posted(std::string_view path, std::string_view name, std::string_view summary, std::string_view schema,
             Query query) {
  return {.method = "POST",
          .path = path,
          .name = name,
          .who = Who::decisions,
          .dialect = Dialect::authzen,
          .summary = summary,
          .body_schema = schema,
          .endpoint = query};
}

Route metadata(std::string_view path, std::string_view name) {
  return {.path = path,
          .name = name,
          .who = Who::open,
          .dialect = Dialect::authzen,
          .summary = "Where the AuthZEN endpoints are.",
          .endpoint = Direct(authzen::show_metadata)};
}

}  // namespace

std::vector<Route> authzen_routes() {
  std::vector<Route> all{posted("/access/v1/evaluation", "authzenEvaluate",
                                "May this subject do this to this resource? A denial says what stands in the way.",
                                question_schema, authzen::evaluate),
                         posted("/access/v1/evaluations", "authzenEvaluateBatch",
                                "Many such questions at once, in their order.", batch_schema, authzen::evaluate_batch),
                         posted("/access/v1/search/subject", "authzenSearchSubjects",
                                "Who may do this to this resource?", search_schema, authzen::search_subjects),
                         posted("/access/v1/search/resource", "authzenSearchResources",
                                "What may this subject do this to?", search_schema, authzen::search_resources),
                         posted("/access/v1/search/action", "authzenSearchActions",
                                "What may this subject do to this resource?", search_schema, authzen::search_actions),
                         metadata("/.well-known/authzen-configuration", "authzenShowMetadata"),
                         metadata("/.well-known/authzen-configuration/{tenant}", "authzenShowMetadataOfTenant")};
  for (auto& route : all) {
    if (route.name == "authzenSearchResources")
      route.projections = {catalogue_projection, approvals_projection};
  }
  return all;
}

}  // namespace gatehouse::api
