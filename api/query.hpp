// What a query is given and what it gives back. A query is a plain function: it reads rows that do not change while it
// runs and writes its answer as JSON. It must not wait and must not call out.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/access.hpp"
#include "api/command_json.hpp"
#include "api/page.hpp"
#include "api/parameters.hpp"
#include "api/problem.hpp"
#include "api/projection_gate.hpp"
#include "domain/state.hpp"
#include "outbound/webhook_signature.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

namespace authzen {
class Policy;
}

struct QueryContext {
  const Access& access;             // who asks, for which account, and what they may see
  const State& state;               // the account's rows, and the catalogue's
  Position position;                // of `state`
  std::uint64_t account_version{};  // of the account at `position`
  Position account_position;        // of the account's last event
  Position catalogue_position;      // of the catalogue's last event
  const EventLog& log;              // for history
  const Parameters& parameters;     // checked by the route's table entry
  const PathValues& path;           // valid identifiers
  std::string_view content_type;    // of a question that is posted, and its body
  std::string_view body;
  const authzen::Policy& policy;  // who answers AuthZEN's questions
  const outbound::WebhookSecrets& webhook_secrets;
  const SubjectKeys* keys;  // null where the log seals no texts
  const Page& page;         // of a list
  const std::vector<ProjectionView>&
      views;  // in the order of the route's projections, each at least at `position` by default
  const ManifestReader& read_manifest;
  const std::shared_ptr<const TableReader>& past;  // the projection's table, of a question that rests on it; else null
  Timestamp now;                                   // of a question about the past: then
};

struct QueryAnswer {
  std::string body;
  // The version of what is shown: the resource's, or the account's for a list. The body must not change while it does not, unless
  // it `moves`; where it also shows the catalogue, `catalogue` says as of which position. Without a version there is no ETag.
  std::optional<std::uint64_t> version{};
  std::optional<Position> catalogue{};
  UserId caller{};       // whose answer it is, where somebody else is shown something else; part of the tag
  bool moves = false;    // the body changes while the version does not, so its tag is of both
  bool secret = false;   // nobody may keep it
  bool pending = false;  // what ?wait= waits for has not happened
  // Of what can be followed: where in the body its items stand. An item begins with its id.
  struct Span {
    std::size_t at{};
    std::size_t size{};
  };
  std::vector<Span> items{};
  Span page_token{};  // of a list that goes on: where in the body, another one in each answer
};

using QueryResult = tl::expected<QueryAnswer, Problem>;
using Query = QueryResult (*)(const QueryContext& context);

}  // namespace gatehouse::api
