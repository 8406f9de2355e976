// The account's events, as they were recorded.
#include "replay/history.hpp"
#include "api/event_json.hpp"
#include "api/queries/event_filter.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "events/frame.hpp"
#include "sealing/sealed_events.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

RecordedEvent decoded(const StoredEvent& stored) {
  auto event = decode_frame(stored.frame);
  GATEHOUSE_ASSERT(event.has_value());
  return std::move(*event);
}

}  // namespace

QueryResult list_events(const QueryContext& context) {
  const auto filter = filter_of(context.parameters);
  if (!filter)
    return tl::unexpected(filter.error());
  const HistoryQuery query{
      .stream = context.state.account_id(),
      .filter = *filter,
      .from = context.parameters.time("from"),
      .to = context.parameters.time("to"),
      .after = {context.parameters.number("after").value_or(0)},
      .after_version = context.page.after ? std::stoull(*context.page.after) : 0,
      .version_max = context.account_version,
      .events_max = static_cast<std::size_t>(context.parameters.number("limit").value_or(context.page.size))};
  const auto& audit = context.views.front();
  const auto page = history_page(context.log, {*audit.rows, audit.position}, query);
  GATEHOUSE_ASSERT(page.has_value());
  const auto next = page->at_end ? std::string() : std::to_string(page->scanned_to);
  return list_answer(context, page->events, next, [&](std::string& out, const RecordedEvent& event) {
    append_event(out, opened(context.state.reader(), event));
  });
}

QueryResult show_event(const QueryContext& context) {
  const auto position = parse_position(context.path.at("position"));
  const auto stored = position && *position <= context.position ? context.log.read_at(*position) : std::nullopt;
  const auto event = stored ? std::optional(decoded(*stored)) : std::nullopt;
  if (!event || event->envelope.account_id != context.state.account_id()) {
    return tl::unexpected(no_event_at(context.path.at("position")));
  }
  QueryAnswer answer;
  append_event(answer.body, opened(context.state.reader(), *event));
  answer.version = event->envelope.account_version;
  return answer;
}

}  // namespace gatehouse::api
