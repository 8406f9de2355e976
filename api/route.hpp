// One row of the route table: everything that the router, the access check, the documents and the tests need to know of a
// path. Nothing about a route is said anywhere else.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/query.hpp"

namespace gatehouse::api {

class Exchange;
struct Services;

// How a route speaks: its refusals, and whose account it is about.
enum class Dialect : std::uint8_t {
  gatehouse,  // problem documents; the account stands in the path
  zoom,       // the vendor's form of a refusal; the account is the token's
  authzen,    // a refusal is a text; the account is the token's
  oauth       // the endpoint writes its refusals itself
};

// Who may call. Those from `member` on are paths of one account: the token must be of that account, or of the platform.
BOOST_DEFINE_FIXED_ENUM_CLASS(Who, std::uint8_t,
                              open,               // anybody
                              ops_or_loopback,    // scope ops, or from this very machine
                              ops,                // scope ops
                              platform,           // scope platform
                              command,            // whoever the command asks for
                              member,             // an active member
                              self_or_view,       // an active member for what is his own, MarketPlace:Read for all
                              decisions,          // the same, and scope auditor for all
                              view,               // MarketPlace:Read
                              edit,               // MarketPlace:Edit
                              directory_or_view,  // scope directory, or MarketPlace:Read
                              auditor_or_view)    // scope auditor, or MarketPlace:Read
[[nodiscard]] std::string_view describe(Who who);
[[nodiscard]] bool is_of_account(Who who);
struct Route;
[[nodiscard]] std::string who_may_call(const Route& route);  // with the token scopes, where it asks for some

enum class ParameterType : std::uint8_t { text, id, number, flag, time, moment, choice, token };

struct ParameterSpec {
  std::string_view name;
  ParameterType type{};
  std::string_view meaning;
  std::vector<std::string_view> choices{};
  std::uint64_t min = 0;  // of a number
  std::uint64_t max = UINT64_MAX;
};

// A form of an answer that Accept may ask for.
struct MediaForm {
  std::string_view type;
  std::string_view meaning{};  // what stands in it, where the type does not tell
};

// What somebody who follows it is told.
inline constexpr std::string_view list_followed =
    "The list as it is now, up to 1,000 items, an event for each, then each item that changes; event removed for one "
    "that leaves it, event truncated when there are more, or no more, behind those. While there are more, removed says "
    "truncated: true, as its item may only have moved behind the 1,000.";
inline constexpr std::string_view one_followed = "As it is now, and again whenever it changes.";

// Appends the JSON Schema of an answer, or of one item of a list.
using AppendSchema = void (*)(std::string& out);

// Answers by itself, on whatever thread and at whatever time.
using Direct = void (*)(const Services& services, std::shared_ptr<Exchange> exchange);

struct Route {
  enum class Answers : std::uint8_t { one, list, document };

  std::string_view method = "GET";  // HEAD follows GET
  std::string_view path;            // with its parameters in braces
  std::string_view name{};          // the operation's id, and the label in metrics
  Who who{};
  Dialect dialect{};
  std::vector<std::string_view> token_scopes{};  // one of these must stand in the token; none: its scope is not asked
  std::string_view summary{};                    // one sentence
  Answers answers = Answers::one;
  std::string_view list_member = "items";  // of a list: where its items stand
  unsigned success = 200;
  AppendSchema answer_schema{};    // empty: any object
  std::string_view body_schema{};  // of the request, as JSON; commands have theirs
  std::string_view body_media_type = "application/json";
  std::string_view media_type = "application/json";
  std::vector<MediaForm> other_media_types{};  // that Accept may ask for instead
  Direct other_endpoint{};                     // what answers those; empty: `endpoint`
  std::string_view stream_event{};  // of what can be followed as text/event-stream: what its events are called
  std::vector<ParameterSpec> parameters{};
  std::vector<ParameterSpec> headers{};         // of the request, beyond those that every route of its kind has
  std::vector<std::string_view> errors{};       // codes beyond those that every route of its kind has
  std::vector<std::string_view> projections{};  // read models that the query needs
  bool answers_past = true;                     // a query: takes as_of
  bool rests_on_past = false;                   // a query: answered from the past also when it is about now
  bool takes_long = false;                      // a query: not for an I/O thread
  bool is_tagged = false;                       // no query, but its answer has an ETag: of its bytes
  bool keeps_answers = false;              // a query without read models, asked again and again (api/kept_answers.hpp)
  std::string_view missing = "not_found";  // the code when the path names what does not exist
  std::variant<Direct, Query> endpoint{};
};

// Of one with a stream_event.
[[nodiscard]] constexpr std::string_view what_is_followed(const Route& route) {
  return route.answers == Route::Answers::list ? list_followed : one_followed;
}

// An order of an operator that says everything in its path and its parameters.
[[nodiscard]] bool takes_no_body(const Route& route);

// The whole table, in the order of the documents.
[[nodiscard]] const std::vector<Route>& routes();

}  // namespace gatehouse::api
