// The tree over a log, made of the whole log in the plainest way.
#pragma once
#include <gtest/gtest.h>

#include <vector>

#include "store/event_log.hpp"
#include "tlog/frontier.hpp"
#include "transparency/log_entry.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

inline std::vector<StoredEvent> stored_events(const EventLog& log) {
  std::vector<StoredEvent> events;
  for (Position after;;) {
    auto page = log.read(after, 1'000);
    std::move(page.events.begin(), page.events.end(), std::back_inserter(events));
    after = page.next;
    if (page.at_end)
      return events;
  }
}

inline tlog::Hash leaf_of(const StoredEvent& event) { return tlog::leaf_hash(entry_of(event.position, event.frame)); }

inline tlog::TreeHead head_of(const EventLog& log, std::uint64_t size) {
  tlog::Frontier frontier;
  for (const auto& event : stored_events(log)) {
    if (event.position.value <= size)
      frontier.append(leaf_of(event));
  }
  return {frontier.size(), frontier.root()};
}

inline void expect_whole_tree(const TreeView& tree, const EventLog& log) {
  const auto expected = head_of(log, tree.head().size);
  EXPECT_EQ(tree.head().root, expected.root);
  EXPECT_EQ(tree.head().size, expected.size);
}

}  // namespace gatehouse::transparency
