#include "api/route.hpp"

#include "api/route_table.hpp"

namespace gatehouse::api {

std::string_view describe(Who who) {
  switch (who) {
  case Who::open:
    return "Anybody";
  case Who::ops_or_loopback:
    return "Scope ops, or from the server's own machine";
  case Who::ops:
    return "Scope ops";
  case Who::platform:
    return "Scope platform";
  case Who::command:
    return "Whoever the command asks for";
  case Who::member:
    return "Active members";
  case Who::self_or_view:
    return "Active members for what is their own; MarketPlace:Read for all";
  case Who::decisions:
    return "Active members for what is their own; MarketPlace:Read, or scope auditor, for all";
  case Who::view:
    return "MarketPlace:Read";
  case Who::edit:
    return "MarketPlace:Edit";
  case Who::directory_or_view:
    return "MarketPlace:Read, or scope directory";
  case Who::auditor_or_view:
    return "MarketPlace:Read, or scope auditor";
  }
  return {};
}

bool is_of_account(Who who) { return who >= Who::command; }

bool takes_no_body(const Route& route) {
  return route.who == Who::ops && route.method != "GET" && route.body_schema.empty();
}

std::string who_may_call(const Route& route) {
  std::string text(describe(route.who));
  if (route.token_scopes.empty())
    return text;
  if (route.token_scopes.size() == 1)
    return text + (route.who == Who::platform ? " and scope " : ", by a token with scope ") +
           std::string(route.token_scopes.front());
  text += ", by a token with one of these scopes:";
  for (const auto scope : route.token_scopes)
    text.append(" ").append(scope);
  return text;
}

const std::vector<Route>& routes() {
  static const std::vector<Route> table = [] {
    std::vector<Route> all;
    for (auto& part : {command_routes(), app_routes(), request_routes(), directory_routes(), history_routes(),
                       zoom_routes(), authzen_routes(), webhook_routes(), transparency_routes(), projection_routes(),
                       backup_routes(), service_routes()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return table;
}

}  // namespace gatehouse::api
