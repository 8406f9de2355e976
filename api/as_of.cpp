#include "api/as_of.hpp"

#include <algorithm>
#include <array>

#include "api/authzen/question.hpp"
#include "api/route.hpp"
#include "events/frame.hpp"
#include "replay/stream_places.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

tl::unexpected<Problem> still_to_come(std::string detail) {
  return tl::unexpected(make_problem("as_of_in_future", std::move(detail)));
}

// Of the last event at or before `position`; the head of now is known to be there.
StreamHead head_at(const EventLog& log, const AccountId& stream, Position position) {
  const auto now = log.stream_head(stream).value_or(StreamHead{});
  if (now.position <= position)
    return now;
  const auto version = version_at(log, stream, position);
  if (version == 0)
    return {};
  const auto page = log.read_stream(stream, version - 1, 1);
  GATEHOUSE_ASSERT(!page.events.empty());
  const auto frame = parse_frame(page.events.front().frame);
  GATEHOUSE_ASSERT(frame.has_value());
  return {.version = version, .position = page.events.front().position, .recorded_at = frame->envelope.recorded_at};
}

Position position_before(const EventLog& log, const AccountId& stream, Timestamp time) {
  const auto version = version_before(log, stream, time);
  if (version == 0)
    return {};
  const auto page = log.read_stream(stream, version - 1, 1);
  GATEHOUSE_ASSERT(!page.events.empty());
  return page.events.front().position;
}

tl::expected<std::optional<AsOf>, Problem> as_of_said(const Exchange& exchange, const Parameters& parameters) {
  if (exchange.entry().route->dialect == Dialect::authzen)
    return authzen::read_as_of(exchange.request().body);
  const auto text = parameters.text("as_of");
  return text ? parse_as_of(*text) : std::nullopt;
}

tl::expected<Moment, Problem> find_moment(const EventLog& log, const AccountId& account, const AsOf& as_of,
                                          Position head, Timestamp now) {
  Position position;
  Timestamp time;
  if (const auto* asked = std::get_if<Position>(&as_of)) {
    if (*asked > head)
      return still_to_come("The log ends at position " + std::to_string(head.value) + ".");
    position = *asked;
  } else {
    time = std::get<Timestamp>(as_of);
    if (time >= now)
      return still_to_come("The time of as_of is not over yet.");
    for (const auto& stream : {account, catalogue_stream, outbound_stream})
      position = std::max(position, position_before(log, stream, {time.unix_ms + 1}));
  }
  const auto own = head_at(log, account, position), of_catalogue = head_at(log, catalogue_stream, position);
  // The position may be another account's event, whose time is nobody else's business.
  if (std::holds_alternative<Position>(as_of))
    time = std::max(own.recorded_at, of_catalogue.recorded_at);
  return Moment{.position = position, .time = time, .account = own, .catalogue = of_catalogue};
}

}  // namespace

std::optional<AsOf> parse_as_of(std::string_view text) {
  if (const auto position = parse_position(text))
    return *position;
  if (const auto time = parse_time(text))
    return *time;
  return std::nullopt;
}

bool asks_about_past(const Exchange& exchange) {
  return std::ranges::any_of(exchange.entry().parameters, [](const auto& pair) { return pair.first == "as_of"; });
}

tl::expected<std::optional<AsOf>, Problem> as_of_asked(const Exchange& exchange, const Parameters& parameters,
                                                       Position head) {
  const auto& route = *exchange.entry().route;
  auto as_of = as_of_said(exchange, parameters);
  if (!as_of)
    return as_of;
  if (!*as_of && route.rests_on_past)
    as_of->emplace(head);
  if (*as_of && (exchange.entry().stream || parameters.number("wait")))
    return tl::unexpected(
        invalid_parameter("as_of", "Nothing will change in the past: neither wait for it nor follow it."));
  return as_of;
}

tl::expected<Moment, Problem> moment_of(const Exchange& exchange, const EventLog& log, const AsOf& as_of, Position head,
                                        Timestamp now) {
  const auto& entry = exchange.entry();
  auto moment = find_moment(log, entry.account->id(), as_of, head, now);
  if (moment && entry.route->who != Who::platform && moment->account.version == 0)
    return tl::unexpected(make_problem("account_not_found", "The account did not exist yet."));
  return moment;
}

}  // namespace gatehouse::api
