#include "api/authzen/metadata_endpoint.hpp"

#include "api/json/described_writer.hpp"
#include "api/public_url.hpp"

namespace gatehouse::api::authzen {

void show_metadata(const Services& services, ExchangePointer exchange) {
  const auto base = public_url(services, exchange->request());
  const auto& path = exchange->entry().path;
  const auto tenant = path.has("tenant") ? "/" + std::string(path.at("tenant")) : std::string();
  if (!tenant.empty() && !path.all_valid_ids())
    return exchange->refuse(make_problem("not_found", "There is no such tenant."));
  std::string body;
  // No capability is registered that it could name, and what has no value is left out (9.2.2).
  ObjectWriter(body)
      .member("policy_decision_point", base + tenant)
      .member("access_evaluation_endpoint", base + "/access/v1/evaluation")
      .member("access_evaluations_endpoint", base + "/access/v1/evaluations")
      .member("search_subject_endpoint", base + "/access/v1/search/subject")
      .member("search_resource_endpoint", base + "/access/v1/search/resource")
      .member("search_action_endpoint", base + "/access/v1/search/action");
  exchange->answer({.status = 200, .content_type = "application/json", .body = std::move(body)});
}

}  // namespace gatehouse::api::authzen
