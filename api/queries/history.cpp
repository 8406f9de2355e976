// The account's events, as they were recorded. Found by account version: those of one account are dense and in the order of time, so a position or
// a moment is found by halving, and a filter by the audit projection.
#include "api/event_json.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "projections/audit.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

RecordedEvent decoded(const StoredEvent& stored) {
  auto event = decode_frame(stored.frame);
  GATEHOUSE_ASSERT(event.has_value());
  return std::move(*event);
}

std::optional<RecordedEvent> event_at_version(const QueryContext& context, std::uint64_t version) {
  const auto page = context.log.read_stream(context.state.account_id(), version - 1, 1);
  if (page.events.empty()) return std::nullopt;
  return decoded(page.events.front());
}

// The last version for which `before` holds; it holds up to some version and not after it.
template <class Before>
std::uint64_t last_version(const QueryContext& context, Before before) {
  std::uint64_t low = 0;
  for (std::uint64_t high = context.account_version; low < high;) {
    const auto middle = low + (high - low + 1) / 2;
    const auto event = event_at_version(context, middle);
    GATEHOUSE_ASSERT(event.has_value());
    if (before(event->envelope)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

struct Range {
  std::uint64_t after{};
  std::uint64_t to{};
};

Range asked_range(const QueryContext& context) {
  Range range{0, context.account_version};
  if (const auto after = context.parameters.number("after")) {
    range.after = last_version(context, [&](const Envelope& event) { return event.position.value <= *after; });
  }
  if (const auto from = context.parameters.time("from")) {
    range.after = std::max(range.after, last_version(context, [&](const Envelope& event) { return event.recorded_at < *from; }));
  }
  if (const auto to = context.parameters.time("to")) {
    range.to = last_version(context, [&](const Envelope& event) { return event.recorded_at <= *to; });
  }
  if (context.page.after) range.after = std::max<std::uint64_t>(range.after, std::stoull(*context.page.after));
  return range;
}

tl::expected<AuditFilter, Problem> asked_filter(const QueryContext& context) {
  AuditFilter filter;
  if (const auto type = context.parameters.text("type")) {
    filter.type = type_number_of(*type);
    if (!filter.type) return tl::unexpected(invalid_parameter("type", "There is no such type of event."));
  }
  if (const auto app = context.parameters.text("app_id")) filter.app_id = AppId{*app};
  if (const auto user = context.parameters.text("user_id")) filter.user_id = UserId{*user};
  if (const auto actor = context.parameters.text("actor_id")) filter.actor_id = std::string(*actor);
  return filter;
}

// The matching events of the range, and the version up to which it was looked at.
struct Found {
  std::vector<RecordedEvent> events;
  std::uint64_t scanned_to{};
};

Found all_events(const QueryContext& context, const Range& range, std::size_t events_max) {
  Found found;
  const auto count = std::min<std::uint64_t>(events_max, range.to - range.after);
  for (const auto& stored : context.log.read_stream(context.state.account_id(), range.after, count).events) {
    found.events.push_back(decoded(stored));
  }
  found.scanned_to = range.after + found.events.size();
  return found;
}

Found filtered_events(const QueryContext& context, const AuditFilter& filter, const Range& range, std::size_t events_max) {
  Found found;
  const auto page = audit_page(*context.views.front().rows, context.state.account_id(), filter, range.after, range.to, events_max);
  for (const auto version : page.versions) {
    if (auto event = event_at_version(context, version)) found.events.push_back(std::move(*event));
  }
  found.scanned_to = page.scanned_to;
  return found;
}

}  // namespace

QueryResult list_events(const QueryContext& context) {
  const auto filter = asked_filter(context);
  if (!filter) return tl::unexpected(filter.error());
  const auto range = asked_range(context);
  const auto size = static_cast<std::size_t>(context.parameters.number("limit").value_or(context.page.size));
  Found found;
  found.scanned_to = range.to;
  if (range.after < range.to) {
    found = filter->matches_all() ? all_events(context, range, size) : filtered_events(context, *filter, range, size);
  }
  const auto next = found.scanned_to < range.to ? std::to_string(found.scanned_to) : std::string();
  return list_answer(context, found.events, next, [](std::string& out, const RecordedEvent& event) { append_event(out, event); });
}

QueryResult show_event(const QueryContext& context) {
  const auto stored = context.log.read_at({std::stoull(std::string(context.path.at("position")))});
  const auto event = stored ? std::optional(decoded(*stored)) : std::nullopt;
  if (!event || event->envelope.account_id != context.state.account_id()) {
    return tl::unexpected(make_problem("event_not_found", "The account has no event at this position."));
  }
  QueryAnswer answer;
  append_event(answer.body, *event);
  answer.version = event->envelope.account_version;
  return answer;
}

}  // namespace gatehouse::api
