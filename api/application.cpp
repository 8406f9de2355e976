#include "api/application.hpp"
#include "api/document_endpoints.hpp"

#include <algorithm>
#include <array>

#include "api/authzen/marketplace_policy.hpp"
#include "api/docs_page.hpp"
#include "api/json/strict_parse.hpp"
#include "api/media_type.hpp"
#include "api/openapi.hpp"
#include "api/problem_pages.hpp"
#include "api/public_url.hpp"
#include "api/query_run.hpp"
#include "api/refusal_form.hpp"
#include "api/route.hpp"
#include "api/service_samples.hpp"

namespace gatehouse::api {
namespace {

Documents make_documents() {
  return {.openapi = make_document(openapi_document(routes())),
          .docs = make_document(docs_page(routes())),
          .problems = make_document(problems_page())};
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

// By a proxy on this machine, for somebody who may be anywhere.
bool is_forwarded(const http::Headers& headers) {
  constexpr std::array<std::string_view, 4> told_by{"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"};
  return std::ranges::any_of(told_by, [&](std::string_view name) { return headers.find(name).has_value(); });
}

Problem method_not_allowed(const std::vector<std::string>& allow) {
  std::string methods;
  for (const auto& method : allow)
    methods += (methods.empty() ? "" : ", ") + method;
  auto problem = make_problem("method_not_allowed", "The path takes " + methods + ".");
  problem.headers.push_back({"Allow", methods});
  return problem;
}

// What an app may do is in its scopes, and only the vendor's API asks for those: anywhere else its token would be worth all that its creator is.
Problem app_token_refused() {
  return make_problem("insufficient_scope", "A token that was given to an app is for the API below /v2 alone.");
}

bool answers_in_accepted_form(const Route& route, std::string_view accept) {
  return accepts(accept, route.media_type) ||
         std::ranges::any_of(route.other_media_types, [&](const auto& form) { return accepts(accept, form.type); });
}

bool prefers_another_form(const Route& route, std::string_view accept) {
  const auto first = acceptance(accept, route.media_type);
  return std::ranges::any_of(route.other_media_types,
                             [&](const auto& form) { return acceptance(accept, form.type) > first; });
}

std::string forms_of(const Route& route) {
  std::string forms(route.media_type);
  for (const auto& form : route.other_media_types)
    forms.append(" or ").append(form.type);
  return forms;
}

ProblemSetting problems_below(ProblemSetting setting, std::string_view public_url) {
  setting.base_path = path_of_url(public_url);
  return setting;
}

std::string_view account_id_of(const Entry& entry) {
  if (entry.route->dialect == Dialect::gatehouse)
    return entry.path.at("account_id");
  return entry.claims->account_id ? std::string_view(*entry.claims->account_id) : std::string_view();
}

// Of a request that says everything in its path.
std::optional<Problem> refuse_content(const std::string& body) {
  if (body.empty())
    return std::nullopt;
  const auto parsed = parse_strictly(body);
  if (!parsed)
    return make_problem("malformed_json", parsed.error().detail);
  if (parsed->is_object() && parsed->as_object().empty())
    return std::nullopt;
  return make_problem("unknown_field", "The body must be empty, or an object without members.");
}

// Everything about the caller that needs no look at an account.
tl::expected<void, Problem> admit(const Services& services, const http::Request& request, Entry& entry) {
  const auto who = entry.route->who;
  if (who == Who::open)
    return {};
  if (who == Who::ops_or_loopback && is_loopback(request.peer_address) && !is_forwarded(request.headers))
    return {};
  auto claims = authenticate(services.verifier, request.headers, services.clock());
  if (!claims)
    return tl::unexpected(std::move(claims.error()));
  entry.claims = std::move(*claims);
  if (entry.claims->app_id && entry.route->dialect != Dialect::zoom)
    return tl::unexpected(app_token_refused());
  if (who == Who::ops || who == Who::ops_or_loopback) {
    if (entry.claims->has_scope("ops"))
      return {};
    return tl::unexpected(insufficient_scope("ops"));
  }
  const auto& scopes = entry.route->token_scopes;
  const auto held = [&](std::string_view scope) { return entry.claims->has_scope(scope); };
  if (!scopes.empty() && std::ranges::none_of(scopes, held))
    return tl::unexpected(insufficient_scope(scopes.front()));
  auto account = who == Who::platform ? AccountScope::enter_platform(*entry.claims)
                                      : AccountScope::enter(*entry.claims, account_id_of(entry));
  if (!account)
    return tl::unexpected(std::move(account.error()));
  entry.account = std::move(*account);
  return {};
}

}  // namespace

Application::Application(const Parts& parts, Settings settings)
    : clock_(std::move(settings.clock)), read_manifest_(std::move(settings.read_manifest)),
      public_url_(std::move(settings.public_url)),
      router_(routes()), observation_{.metrics = &metrics_,
                                      .log = parts.lines,
                                      .log_all = settings.log_all_requests,
                                      .slow = settings.slow_request,
                                      .problems = problems_below(std::move(settings.problems), public_url_)},
      page_tokens_(std::move(settings.page_secret)), documents_(make_documents()), workers_(settings.workers),
      watch_(parts.log),
      feeds_(parts.log, parts.keys), services_{.log = parts.log,
                                               .commands = parts.commands,
                                               .verifier = parts.verifier,
                                               .signing_key = parts.signing_key,
                                               .projections = parts.projections,
                                               .page_tokens = page_tokens_,
                                               .documents = documents_,
                                               .read_manifest = read_manifest_,
                                               .policy = settings.policy != nullptr ? *settings.policy
                                                                                    : authzen::marketplace_policy(),
                                               .webhook_secrets = parts.webhook_secrets,
                                               .keys = parts.keys,
                                               .backups = parts.backups,
                                               .eraser = parts.eraser,
                                               .tree = parts.tree,
                                               .public_url = public_url_,
                                               .clock = clock_,
                                               .projection_wait = settings.projection_wait,
                                               .metrics = metrics_,
                                               .workers = workers_,
                                               .lanes = lanes_,
                                               .watch = watch_,
                                               .kept_answers = kept_answers_,
                                               .feeds = feeds_,
                                               .stopping = stopping_,
                                               .scrubber = parts.scrubber,
                                               .log_level = parts.log_level} {
  metrics_.add_source([this](Samples& samples) { sample_services(services_, samples); });
}

Application::~Application() {
  begin_stop();
  lanes_.stop();
  workers_.stop();
}

void Application::begin_stop() {
  stopping_ = true;
  watch_.stop();
  feeds_.thread.stop();
}

void Application::handle(http::Request request, http::Respond respond) {
  dispatch(std::make_shared<Exchange>(std::move(request), std::move(respond), observation_));
}

http::Response Application::refusal(const http::Refusal& refusal, const http::RefusedHead& head,
                                    std::string_view request_id) const {
  const auto path = std::string_view(head.target).substr(0, head.target.find('?'));
  const auto dialect = dialect_at(path);
  auto problem = make_problem(refusal.code(), std::string(refusal.detail));
  problem.headers = http::problem_response(refusal).headers;
  if (auto allow = methods_at(head.target); refusal.kind == http::RefusalKind::method_not_allowed && !allow.empty())
    problem = method_not_allowed(allow);
  auto response = refusal_in(dialect, std::move(problem), {.path = path, .problems = observation_.problems});
  const auto id = usable_request_id(head.request_id).value_or(std::string(request_id));
  if (!id.empty())
    add_request_id(response, dialect, id);
  response.close = true;
  return response;
}

std::optional<http::Response> Application::refuse_large_body(const http::Request& head,
                                                             std::string_view request_id) const {
  auto claims = authenticate(services_.verifier, head.headers, clock_());
  if (claims)
    return std::nullopt;
  const auto path = std::string_view(head.target).substr(0, head.target.find('?'));
  const auto dialect = dialect_at(path);
  auto response = refusal_in(dialect, std::move(claims.error()), {.path = path, .problems = observation_.problems});
  const auto sent = head.headers.find("X-Request-Id");
  add_request_id(response, dialect, usable_request_id(sent.value_or("")).value_or(std::string(request_id)));
  response.close = true;
  return response;
}

std::vector<std::string> Application::methods_at(std::string_view sent) const {
  const auto target = parse_target(sent);
  return target.well_formed ? router_.find("", target).allow : std::vector<std::string>();
}

void Application::dispatch(ExchangePointer exchange) {
  const auto& request = exchange->request();
  auto target = parse_target(request.target);
  auto match = target.well_formed ? router_.find(request.method, target) : Router::Match();
  if (match.route == nullptr) {
    if (match.allow.empty())
      return exchange->refuse(make_problem("not_found", "There is no such path."));
    return exchange->refuse(method_not_allowed(match.allow));
  }
  auto& entry = exchange->entry();
  entry.route = match.route;
  entry.path = std::move(match.path);
  entry.parameters = std::move(target.parameters);
  if (auto admitted = admit(services_, request, entry); !admitted) {
    return exchange->refuse(std::move(admitted.error()));
  }
  if (takes_no_body(*entry.route)) {
    if (auto problem = refuse_content(request.body))
      return exchange->refuse(std::move(*problem));
  }
  if (entry.route->dialect == Dialect::zoom && !entry.route->body_schema.empty()) {
    if (const auto type = request.headers.find("Content-Type"); type && !is_json(*type))
      return exchange->refuse(make_problem("unsupported_media_type", "The Content-Type must be application/json."));
  }
  const auto accept = request.headers.list("Accept");
  entry.stream = accept && !entry.route->stream_event.empty() &&
                 acceptance(*accept, event_stream_type) > acceptance(*accept, entry.route->media_type);
  if (accept && !entry.stream && !answers_in_accepted_form(*entry.route, *accept))
    return exchange->refuse(make_problem("not_acceptable", "This path answers " + forms_of(*entry.route) + "."));
  if (accept && entry.route->other_endpoint != nullptr && prefers_another_form(*entry.route, *accept))
    return entry.route->other_endpoint(services_, std::move(exchange));
  if (const auto* direct = std::get_if<Direct>(&entry.route->endpoint))
    return (*direct)(services_, std::move(exchange));
  run_query(services_, std::move(exchange));
}

}  // namespace gatehouse::api
