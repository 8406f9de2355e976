// As of when a query is answered: `as_of`, a position of the log or a time, in the query or in the context of an AuthZEN question.
#pragma once
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "api/exchange.hpp"
#include "api/parameters.hpp"
#include "api/problem.hpp"
#include "events/envelope.hpp"
#include "events/ids.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

// After the event at this position; or after the last one that was recorded at this time or before it.
using AsOf = std::variant<Position, Timestamp>;

// "812", or a time as RFC 3339 has it; nothing for another text.
[[nodiscard]] std::optional<AsOf> parse_as_of(std::string_view text);

// What an answer as of then is made of.
struct Moment {
  Position position;
  Timestamp
      time;  // that was asked for; of a position, of the last event until there that is the account's or the catalogue's
  StreamHead account;  // as they were then
  StreamHead catalogue;
};

// Whether it says so itself, in its query.
[[nodiscard]] bool asks_about_past(const Exchange& exchange);

// What the request asks about; nothing: now. A route that rests on the past is asked about the head of the log unless the request says otherwise.
[[nodiscard]] tl::expected<std::optional<AsOf>, Problem> as_of_asked(const Exchange& exchange,
                                                                     const Parameters& parameters, Position head);

// That moment. Times are those of the account's events, the catalogue's, and the records of mails and webhooks: each of these streams is in the order of
// time. A time that is asked for must be over (CommandService::is_over), or the answer would change. Refuses what is still to come, and what was
// before the account.
[[nodiscard]] tl::expected<Moment, Problem> moment_of(const Exchange& exchange, const EventLog& log, const AsOf& as_of,
                                                      Position head, Timestamp now);

}  // namespace gatehouse::api
