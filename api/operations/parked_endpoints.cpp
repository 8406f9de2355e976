#include "api/operations/parked_endpoints.hpp"

#include <algorithm>
#include <boost/describe/class.hpp>

#include "api/command_json.hpp"
#include "api/command_problem.hpp"
#include "api/json/described_reader.hpp"
#include "api/json/strict_parse.hpp"
#include "api/operations/projection_json.hpp"
#include "api/route_parameters.hpp"
#include "api/submissions.hpp"

namespace gatehouse::api {
namespace {

struct SkipRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(SkipRequest, (), (reason))

struct SkipReading {
  FieldErrors errors;
};

tl::expected<SkipRequest, Problem> read_skip(const std::string& body) {
  const auto parsed = parse_strictly(body);
  if (!parsed)
    return tl::unexpected(make_problem("malformed_json", parsed.error().detail));
  SkipReading reading;
  SkipRequest skip;
  if (!read_json(*parsed, skip, Place(), reading))
    return tl::unexpected(to_problem(UnreadableCommand{"invalid_field", "The body must say why the event is skipped.",
                                                       std::move(reading.errors).take()}));
  return skip;
}

void append_parked(std::string& out, const ParkedStream& parked, std::uint64_t stream_version) {
  ObjectWriter object(out);
  object.member("stream", parked.stream)
      .member("stops", is_platform_stream(parked.stream) ? std::string_view("projection") : std::string_view("stream"))
      .member("position", parked.position)
      .member("event_type", parked.event_type)
      .member("parked_at", parked.since)
      .member("events_waiting", stream_version >= parked.version ? stream_version - parked.version + 1 : 0)
      .member("error", parked.attempts.back().error)
      .member("attempt_count", parked.attempt_count);
  ArrayWriter attempts(object.key("attempts"));
  for (const auto& attempt : parked.attempts)
    ObjectWriter(attempts.next()).member("at", attempt.at).member("error", attempt.error);
}

Problem not_parked() {
  return make_problem("nothing_parked", "The projection has parked nothing of this stream, or another event of it.");
}

// What a decision is about. Nothing when it was refused.
struct Decided {
  std::string name;
  ParkedStream parked;
  std::uint32_t version{};
  std::string operator_id;
  Rebuilder::Claim claim{};
};
std::optional<Decided> find_parked(const Services& services, const ExchangePointer& exchange,
                                   Rebuilder::ParkedDecision decision) {
  const auto refuse = [&](Problem problem) {
    exchange->refuse(std::move(problem));
    return std::nullopt;
  };
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return refuse(parameters.error());
  const auto& path = exchange->entry().path;
  Decided decided{.name = std::string(path.at("name")), .parked = {}, .operator_id = exchange->entry().claims->subject};
  const auto* follower = services.projections.rebuilder().follower_of(decided.name);
  if (follower == nullptr)
    return refuse(make_problem("projection_not_found", "There is no such projection."));
  decided.version = follower->projection(decided.name)->version();
  auto claim = services.projections.rebuilder().claim_parked(decided.name, AccountId{path.at("stream")}, decision);
  if (!claim)
    return refuse(to_problem(claim.error()));
  decided.claim = std::move(*claim);
  const auto parked = follower->parked(decided.name);
  const auto found =
      std::ranges::find(parked, path.at("stream"), [](const auto& one) { return std::string_view(one.stream.value); });
  if (found == parked.end())
    return refuse(not_parked());
  decided.parked = *found;
  return decided;
}

// Into the log first; `then` carries it out.
void record(const Services& services, const ExchangePointer& exchange, Command command, std::function<void()> then) {
  Submission submission;
  submission.account_id = catalogue_stream;  // the platform's door
  submission.caller = {.type = ActorType::system, .id = "operations"};
  submission.commands.push_back(std::move(command));
  submission.correlation_id = correlation_of(*exchange);
  services.commands.submit(std::move(submission), [exchange, then = std::move(then)](Outcome outcome) {
    if (std::holds_alternative<Committed>(outcome))
      return then();
    const auto* failed = std::get_if<Failed>(&outcome);
    GATEHOUSE_ASSERT(failed != nullptr);
    exchange->refuse(to_problem(*failed));
  });
}

Follower::Done answer_when_done(const Services& services, const ExchangePointer& exchange, Rebuilder::Claim claim) {
  return [&services, exchange, claim = std::move(claim)](tl::expected<void, std::string> outcome) {
    outcome ? answer_with_status(services, *exchange, 202) : exchange->refuse(not_parked());
  };
}

void answer_refusal(const ExchangePointer& exchange, const Rebuilder::Outcome& outcome) {
  if (!outcome)
    exchange->refuse(to_problem(outcome.error()));
}

}  // namespace

void list_parked(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  const auto name = exchange->entry().path.at("name");
  const auto* follower = services.projections.rebuilder().follower_of(name);
  if (follower == nullptr)
    return exchange->refuse(make_problem("projection_not_found", "There is no such projection."));
  const auto state = services.log.state();
  std::string body = R"({"items":)";
  {
    ArrayWriter items(body);
    for (const auto& parked : follower->parked(name)) {
      const auto head = state->stream_head(parked.stream);
      append_parked(items.next(), parked, head ? head->version : 0);
    }
  }
  body.append(R"(,"next_page_token":""})");
  exchange->answer(operations_answer(services, 200, std::move(body)));
}

void retry_parked(const Services& services, ExchangePointer exchange) {
  const auto decided = find_parked(services, exchange, Rebuilder::ParkedDecision::retry);
  if (!decided)
    return;
  record(services, exchange,
         RetryParkedEvent{decided->name, decided->version, decided->parked.stream, decided->parked.position.value,
                          decided->operator_id},
         [&services, exchange, decided = *decided] {
           answer_refusal(
               exchange, services.projections.rebuilder().retry_parked(
                             decided.name, decided.parked.stream, answer_when_done(services, exchange, decided.claim)));
         });
}

void skip_parked(const Services& services, ExchangePointer exchange) {
  const auto decided = find_parked(services, exchange, Rebuilder::ParkedDecision::skip);
  if (!decided)
    return;
  const auto skip = read_skip(exchange->request().body);
  if (!skip)
    return exchange->refuse(skip.error());
  // Of a stream one event is parked, its first that failed. Who names it has seen which one it is.
  const auto named = check_parameters(exchange->entry())->number("position");
  if (named && *named != decided->parked.position.value)
    return exchange->refuse(not_parked());
  const SkippedEvent skipped{decided->parked.position, decided->parked.stream, services.clock(), decided->operator_id,
                             skip->reason};
  record(services, exchange,
         SkipParkedEvent{decided->name, decided->version, skipped.stream, skipped.position.value, skipped.operator_id,
                         skipped.reason},
         [&services, exchange, decided = *decided, skipped] {
           answer_refusal(exchange, services.projections.rebuilder().skip_parked(
                                        decided.name, skipped, answer_when_done(services, exchange, decided.claim)));
         });
}

}  // namespace gatehouse::api
