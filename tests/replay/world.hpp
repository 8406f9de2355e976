// A log in memory with a story in it, and tables for the projections: what tests of following and rebuilding begin with.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "projections/projection_set.hpp"
#include "replay/event_reader.hpp"
#include "store/memory_event_log.hpp"
#include "store/memory_projection_store.hpp"
#include "table/memory_table.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::testing {

struct World {
  explicit World(std::uint64_t seed, std::size_t commands = 400)
      : story(log, seed, {.keys = keys.get(), .erases = true}) {
    story.go_on(commands);
  }

  MemoryEventLog log;
  std::unique_ptr<SubjectKeys> keys = make_memory_subject_keys();
  MemoryProjectionStore store;
  Story story;
};

[[nodiscard]] inline std::vector<RecordedEvent> all_events(const EventLog& log) {
  std::vector<RecordedEvent> events;
  for (Position at;;) {
    auto batch = read_events(log, at, 1'000);
    EXPECT_TRUE(batch.has_value());
    at = batch->next;
    std::move(batch->events.begin(), batch->events.end(), std::back_inserter(events));
    if (batch->at_end)
      return events;
  }
}

// Of the first event that is so, from some position on.
template <class Predicate>
[[nodiscard]] Position position_where(const EventLog& log, const Predicate& is_so, Position from = {}) {
  for (const auto& event : all_events(log)) {
    if (event.envelope.position >= from && is_so(event))
      return event.envelope.position;
  }
  ADD_FAILURE() << "no such event";
  return {};
}

// Every row, readable when a test fails.
[[nodiscard]] inline std::vector<std::string> rows_of(const Projection& projection, const TableReader& table) {
  std::vector<std::string> rows;
  table.scan({}, [&](std::string_view key, std::string_view value) {
    rows.push_back(describe_key(projection.shapes(), key) + "\n" + describe_value(projection.shapes(), key, value));
    return true;
  });
  return rows;
}

// The rows that the log gives, folded in one go.
[[nodiscard]] inline std::vector<std::string> folded_rows(const Projection& projection, const EventLog& log) {
  MemoryTable rows;
  for (const auto& event : all_events(log))
    projection.apply(rows, event);
  return rows_of(projection, rows);
}

}  // namespace gatehouse::testing
