#include "api/operations/projection_json.hpp"

#include <algorithm>
#include <utility>

#include "api/etag.hpp"
#include "api/json/described_writer.hpp"

namespace gatehouse::api {
namespace {

void append_progress(std::string& out, const RebuildStatus& rebuild) {
  ObjectWriter object(out);
  object.member("stage", rebuild.stage)
      .member("paused", rebuild.paused)
      .member("events", rebuild.progress.done)
      .member("events_total", rebuild.progress.total)
      .member("events_per_second", rebuild.progress.per_second())
      .member("duty_percent", std::uint64_t{rebuild.duty_percent});
  if (const auto left = rebuild.progress.time_left())
    object.member("seconds_left", left->count());
}

void append_comparison(std::string& out, const RowComparison& comparison) {
  ObjectWriter(out)
      .member("position", comparison.position)
      .member("rows", comparison.rows)
      .member("digest", comparison.digest)
      .member("former_digest", comparison.former_digest)
      .member("former_version", comparison.former_version)
      .member("equal", comparison.digest == comparison.former_digest)
      .member("differences", comparison.differences)
      .member("examples", comparison.examples);
}

void append_result(std::string& out, const RebuildResult& result) {
  ObjectWriter object(out);
  object.member("outcome", result.outcome)
      .member("ended_at", result.ended_at)
      .member("events", result.progress.done)
      .member("events_per_second", result.progress.per_second())
      .member_if_any("reason", result.reason)
      .member_if_any("not_compared", result.not_compared);
  if (result.comparison)
    append_comparison(object.key("comparison"), *result.comparison);
}

}  // namespace

void append_status(std::string& out, const ProjectionStatus& status) {
  ObjectWriter object(out);
  object.member("name", status.name)
      .member("version", status.version)
      .member("state", status.state)
      .member("position", status.position)
      .member("lag", status.lag)
      .member("events_per_second", status.events_per_second)
      .member_if_any("last_error", status.last_error ? to_text(*status.last_error) : std::string())
      .member("parked", status.parked)
      .member_if_any("parked_since", status.parked_since)
      .member_if_any("kept_position", status.kept);
  if (status.rebuild)
    append_progress(object.key("rebuild"), *status.rebuild);
  if (status.last_rebuild)
    append_result(object.key("last_rebuild"), *status.last_rebuild);
}

Problem to_problem(Rebuilder::Refusal refusal) {
  using Refusal = Rebuilder::Refusal;
  switch (refusal) {
  case Refusal::unknown_projection:
    return make_problem("projection_not_found", "There is no such projection.");
  case Refusal::already_running:
    return make_problem("rebuild_running", "Projections are being made anew; that ends first.");
  case Refusal::not_running:
    return make_problem("no_rebuild", "The projection is not being made anew.");
  case Refusal::nothing_kept:
    return make_problem("nothing_kept", "There are no rows to go back to.");
  case Refusal::is_decided:
    return make_problem("nothing_parked", "Another request is deciding about it now.");
  case Refusal::stopping:
    return make_problem("stopping", "The server is stopping.");
  }
  GATEHOUSE_ASSERT(false);
}

http::Response operations_answer(const Services& services, unsigned status, std::string body) {
  http::Response response{.status = status, .content_type = "application/json", .body = std::move(body)};
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Gatehouse-Position", std::to_string(services.log.head().value)});
  return response;
}

http::Response tagged_answer(const Services& services, const Exchange& exchange, std::string body) {
  const auto tag = content_tag(body);
  auto response = operations_answer(services, 200, std::move(body));
  response.headers.front().value = "private, no-cache";
  response.headers.push_back({"ETag", tag});
  if (const auto known = exchange.request().headers.list("If-None-Match"); known && is_known_to_client(*known, tag))
    return {.status = 304, .content_type = "", .headers = std::move(response.headers)};
  return response;
}

std::optional<std::string> status_of_named(const Services& services, const Exchange& exchange) {
  const auto statuses = services.projections.statuses();
  const auto found = std::ranges::find(statuses, exchange.entry().path.at("name"), &ProjectionStatus::name);
  if (found == statuses.end())
    return std::nullopt;
  std::string body;
  append_status(body, *found);
  return body;
}

void answer_with_status(const Services& services, Exchange& exchange, unsigned status) {
  auto body = status_of_named(services, exchange);
  if (!body)
    return exchange.refuse(to_problem(Rebuilder::Refusal::unknown_projection));
  exchange.answer(operations_answer(services, status, std::move(*body)));
}

}  // namespace gatehouse::api
