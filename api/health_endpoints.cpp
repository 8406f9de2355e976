#include "api/health_endpoints.hpp"

#include "api/backup_endpoints.hpp"
#include "api/route_parameters.hpp"
#include "api/transparency/publication.hpp"
#include "erasure/eraser.hpp"
#include "projections/past.hpp"
#include "store/scrubber.hpp"

namespace gatehouse::api {
namespace {

// Events that a read model catches up with in far less time than a query waits.
constexpr std::uint64_t lag_max = 50'000;

http::Response json(unsigned status, std::string body) {
  http::Response response{.status = status, .content_type = "application/json", .body = std::move(body)};
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

Readiness look(const Services& services) {
  Readiness readiness;
  if (services.stopping)
    readiness.reasons.emplace_back("stopping");
  if (const auto reason = services.log.read_only_reason(); !reason.empty()) {
    readiness.reasons.push_back("read_only:" + reason.substr(0, reason.find(':')));
  }
  for (const auto& projection : services.projections.statuses()) {
    // Without the past, and while it is being made, the present is served.
    auto& told = projection.name == past_projection ? readiness.degraded : readiness.reasons;
    const bool serves =
        projection.state == ProjectionState::inline_ || services.projections.view(projection.name).has_value();
    if (!serves)
      told.push_back("building:" + projection.name);
    else if (projection.state == ProjectionState::failed)
      readiness.degraded.push_back("failed:" + projection.name);
    else if (projection.lag > lag_max)
      told.push_back("behind:" + projection.name);
    if (projection.parked > 0)
      readiness.degraded.push_back("parked:" + projection.name);
  }
  if (services.scrubber != nullptr) {
    if (const auto scrub = services.scrubber->status(); scrub.damage)
      readiness.degraded.push_back("damaged:" + scrub.damage->table);
  }
  for (auto& concern : concerns(publication_of(services.tree)))
    readiness.degraded.push_back(std::move(concern));
  if (backup_failed_last(services))
    readiness.degraded.emplace_back("failed:backup: the last backup failed; GET /v1/ops/backups tells why");
  if (services.eraser != nullptr && services.eraser->is_failing())
    readiness.degraded.emplace_back(
        "failed:erasure: somebody who is to be erased is not yet; the server's log tells why, and it is tried again");
  return readiness;
}

void show_liveness(const Services&, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  exchange->answer(json(200, R"({"alive":true})"));
}

void show_readiness(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  const auto readiness = look(services);
  const bool ready = readiness.reasons.empty();
  std::string body;
  ObjectWriter(body).member("ready", ready).member("reasons", readiness.reasons).member("degraded", readiness.degraded);
  auto response = json(ready ? 200 : 503, std::move(body));
  if (!ready)
    response.headers.push_back({"Retry-After", "1"});
  exchange->answer(std::move(response));
}

void show_metrics(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  // Some milliseconds, and looks into the database: more than an I/O thread may be kept by.
  services.lanes.lengthy().post([&services, exchange = std::move(exchange)] {
    http::Response response{.status = 200, .content_type = "text/plain; version=0.0.4; charset=utf-8"};
    response.headers.push_back({"Cache-Control", "no-store"});
    response.body = services.metrics.text();
    exchange->answer(std::move(response));
  });
}

}  // namespace gatehouse::api
