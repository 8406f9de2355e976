#include "api/exchange.hpp"

#include "api/authzen/refusals.hpp"
#include "api/metrics.hpp"
#include "api/route.hpp"
#include "api/structured_log.hpp"
#include "api/text_form.hpp"
#include "api/zoom/refusals.hpp"

namespace gatehouse::api {
namespace {

constexpr std::size_t request_id_bytes_max = 128;

std::string request_id_of(const http::Request& request) {
  const auto sent = request.headers.find("X-Request-Id");
  const bool usable = sent && !sent->empty() && sent->size() <= request_id_bytes_max && is_visible_ascii(*sent);
  return usable ? std::string(*sent) : request.request_id;
}

// Probes and scrapes every few seconds would drown the rest.
bool is_worth_a_line(const Observation& observation, const Route* route, unsigned status) {
  if (!observation.log_all)
    return status >= 500;
  return status >= 400 || route == nullptr || (route->who != Who::open && route->who != Who::ops_or_loopback);
}

// Empty for paths of the platform: the stream that its door leads to is no account.
std::string_view account_told(const Entry& entry) {
  const bool is_one = entry.account && !is_platform_stream(entry.account->id());
  return is_one ? std::string_view(entry.account->id().value) : std::string_view();
}

}  // namespace

Exchange::Exchange(http::Request request, http::Respond respond, const Observation& observation)
    : request_(std::move(request)), respond_(std::move(respond)), observation_(&observation),
      request_id_(request_id_of(request_)) {}

void Exchange::answer(http::Response response) {
  record(response.status, {}, http::body_text(response.body).size());
  send(std::move(response));
}

void Exchange::refuse(Problem problem) {
  const auto code = problem.code;
  auto response = refusal_of(std::move(problem));
  record(response.status, code, http::body_text(response.body).size());
  response.headers.push_back({"Cache-Control", "no-store"});
  send(std::move(response));
}

// Where no route was found, the path tells.
Dialect Exchange::dialect() const {
  if (entry_.route != nullptr)
    return entry_.route->dialect;
  if (request_.path().starts_with(zoom::base_path))
    return Dialect::zoom;
  return request_.path().starts_with(authzen::base_path) ? Dialect::authzen : Dialect::gatehouse;
}

http::Response Exchange::refusal_of(Problem problem) const {
  switch (dialect()) {
  case Dialect::zoom:
    return zoom::to_response(problem, entry_.route, entry_.path);
  case Dialect::authzen:
    return authzen::to_response(problem);
  case Dialect::gatehouse:
  case Dialect::oauth:
    break;
  }
  return to_response(std::move(problem), request_.path(), observation_->problems);
}

void Exchange::send(http::Response response) {
  if (dialect() == Dialect::zoom)
    response.headers.push_back({"x-zm-trackingid", request_id_});
  response.headers.push_back({"X-Request-Id", request_id_});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  respond_(std::move(response));
}

void Exchange::record(unsigned status, std::string_view code, std::size_t bytes) const {
  const auto duration = std::chrono::steady_clock::now() - request_.received_at;
  if (observation_->metrics != nullptr)
    observation_->metrics->count_request(entry_.route, status, duration);
  if (observation_->log == nullptr || !is_worth_a_line(*observation_, entry_.route, status))
    return;
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  const auto level = status >= 500 ? StructuredLog::Level::error : StructuredLog::Level::info;
  observation_->log->write(level, "request",
                           {{"request_id", request_id_},
                            {"method", request_.method},
                            {"path", request_.path()},
                            {"route", entry_.route == nullptr ? std::string_view() : entry_.route->name},
                            {"status", std::uint64_t{status}},
                            {"code", code},
                            {"duration_us", static_cast<std::uint64_t>(microseconds)},
                            {"bytes", std::uint64_t{bytes}},
                            {"account", account_told(entry_)},
                            {"caller", entry_.claims ? std::string_view(entry_.claims->subject) : std::string_view()},
                            {"peer", request_.peer_address}});
}

}  // namespace gatehouse::api
