#include "api/exchange.hpp"

#include <algorithm>
#include <array>

#include "api/metrics.hpp"
#include "api/refusal_form.hpp"
#include "api/route.hpp"
#include "api/structured_log.hpp"
#include "api/text_form.hpp"

namespace gatehouse::api {
namespace {

std::string request_id_of(const http::Request& request) {
  const auto sent = request.headers.find("X-Request-Id");
  const auto usable = sent ? usable_request_id(*sent) : std::nullopt;
  return usable.value_or(request.request_id);
}

// Several headers contradict each other, and one that is not valid means nothing: both begin a trace.
tracing::Span span_of(const http::Request& request) {
  const auto sent = request.headers.find(tracing::traceparent_header);
  const auto parent = sent && request.headers.count(tracing::traceparent_header) == 1
                          ? tracing::parse_traceparent(*sent)
                          : std::nullopt;
  if (parent)
    return tracing::continue_trace(*parent);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return tracing::begin_trace(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

// Whose 503 is no failure: whether the server is ready is what was asked.
constexpr std::string_view readiness_path = "/readyz";

// Probes and scrapes every few seconds would drown the rest.
bool is_routine(const Route* route) {
  return route != nullptr && (route->who == Who::open || route->who == Who::ops_or_loopback);
}

// Who asked to be kept waiting for what is still to happen.
bool is_long_poll(const Entry& entry) {
  return std::ranges::any_of(entry.parameters, [](const auto& sent) { return sent.first == "wait"; });
}

StructuredLog::Level level_of(const Observation& observation, const Entry& entry, unsigned status, bool is_clients_own,
                              std::chrono::nanoseconds duration) {
  using Level = StructuredLog::Level;
  const bool is_not_ready = status == 503 && entry.route != nullptr && entry.route->path == readiness_path;
  if (status >= 500 && !is_not_ready && !is_clients_own)
    return Level::error;
  if (observation.slow.count() > 0 && duration >= observation.slow && !is_long_poll(entry) && !is_clients_own)
    return Level::warning;
  const bool is_order = entry.route != nullptr && entry.route->who == Who::ops && entry.route->method != "GET";
  const bool is_access = observation.log_all && (status >= 400 || !is_routine(entry.route));
  return is_order || is_access ? Level::info : Level::debug;
}

template <std::size_t size>
std::string_view view_of(const std::array<char, size>& text) {
  return {text.data(), text.size()};
}

// Empty for paths of the platform: the stream that its door leads to is no account.
std::string_view account_told(const Entry& entry) {
  const bool is_one = entry.account && !is_platform_stream(entry.account->id());
  return is_one ? std::string_view(entry.account->id().value) : std::string_view();
}

}  // namespace

Exchange::Exchange(http::Request request, http::Respond respond, const Observation& observation)
    : request_(std::move(request)), respond_(std::move(respond)), observation_(&observation),
      request_id_(request_id_of(request_)), span_(span_of(request_)) {}

void Exchange::answer(http::Response response) {
  record(response.status, {}, false, http::body_text(response.body).size());
  send(std::move(response));
}

void Exchange::refuse(Problem problem) {
  const auto code = problem.code;
  const auto is_clients_own = problem.is_clients_own;
  auto response = refusal_of(std::move(problem));
  record(response.status, code, is_clients_own, http::body_text(response.body).size());
  response.headers.push_back({"Cache-Control", "no-store"});
  send(std::move(response));
}

// Where no route was found, the path tells.
Dialect Exchange::dialect() const {
  return entry_.route != nullptr ? entry_.route->dialect : dialect_at(request_.path());
}

http::Response Exchange::refusal_of(Problem problem) const {
  return refusal_in(
      dialect(), std::move(problem),
      {.path = request_.path(), .problems = observation_->problems, .route = entry_.route, .values = &entry_.path});
}

void Exchange::send(http::Response response) {
  add_request_id(response, dialect(), request_id_);
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  respond_(std::move(response));
}

void Exchange::record(unsigned status, std::string_view code, bool is_clients_own, std::size_t bytes) const {
  const auto duration = std::chrono::steady_clock::now() - request_.received_at;
  if (observation_->metrics != nullptr)
    observation_->metrics->count_request(entry_.route, status, duration);
  const auto level = level_of(*observation_, entry_, status, is_clients_own, duration);
  if (observation_->log == nullptr || !observation_->log->writes(level))
    return;
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  const auto trace_id = tracing::hex(span_.trace_id);
  const auto span_id = tracing::hex(span_.id);
  const auto parent_id = tracing::hex(span_.parent);
  observation_->log->write(level, "request",
                           {{"request_id", request_id_},
                            {"trace_id", view_of(trace_id)},
                            {"span_id", view_of(span_id)},
                            {"parent_id", span_.parent.is_nil() ? std::string_view() : view_of(parent_id)},
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
