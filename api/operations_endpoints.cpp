#include "api/operations_endpoints.hpp"

#include <algorithm>

#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

void append_status(std::string& out, const ProjectionStatus& status) {
  ObjectWriter object(out);
  object.member("name", status.name)
      .member("version", status.version)
      .member("state", status.state)
      .member("position", status.position)
      .member("lag", status.lag)
      .member("events_per_second", status.events_per_second)
      .member_if_any("last_error", status.last_error ? to_text(*status.last_error) : std::string());
  if (!status.rebuild) return;
  ObjectWriter rebuild(object.key("rebuild"));
  rebuild.member("events", status.rebuild->done)
      .member("events_total", status.rebuild->total)
      .member("events_per_second", status.rebuild->per_second());
  if (const auto left = status.rebuild->time_left()) rebuild.member("seconds_left", left->count());
}

http::Response json(std::string body, Position head) {
  http::Response response{.status = 200, .content_type = "application/json", .body = std::move(body)};
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Gatehouse-Position", std::to_string(head.value)});
  return response;
}

}  // namespace

void list_projections(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters) return exchange->refuse(parameters.error());
  std::string body = R"({"items":)";
  {
    ArrayWriter items(body);
    for (const auto& status : services.projections.statuses()) append_status(items.next(), status);
  }
  body.append(R"(,"next_page_token":""})");
  exchange->answer(json(std::move(body), services.log.head()));
}

void show_projection(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters) return exchange->refuse(parameters.error());
  const auto statuses = services.projections.statuses();
  const auto found = std::ranges::find(statuses, exchange->entry().path.at("name"), &ProjectionStatus::name);
  if (found == statuses.end()) return exchange->refuse(make_problem("projection_not_found", "There is no such projection."));
  std::string body;
  append_status(body, *found);
  exchange->answer(json(std::move(body), services.log.head()));
}

}  // namespace gatehouse::api
