// A story, its state, and the rows of one projection folded from it: what a projection's queries are compared with.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/decide.hpp"
#include "events/codec.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"
#include "table/memory_table.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {

struct FoldedStory {
  FoldedStory(const Projection& projection, std::uint64_t seed)
      : world(seed, 200), events(all_events(world.log)), state(world.log.state()) {
    for (const auto& event : events)
      projection.apply(rows, event);
  }
  [[nodiscard]] State of(const AccountId& account) const { return State(*state, account); }

  World world;
  std::vector<RecordedEvent> events;
  std::shared_ptr<const StateSnapshot> state;
  MemoryTable rows;
};

// Events made by hand, folded into the rows of one projection and into the state.
class HandmadeHistory {
 public:
  explicit HandmadeHistory(const Projection& projection) : projection_(projection) {}

  HandmadeHistory& add(Event event, const std::string& account = "acme", const std::string& actor = "admin") {
    RecordedEvent recorded;
    auto& envelope = recorded.envelope;
    envelope.account_id = AccountId{account};
    envelope.account_version = ++versions_[account];
    envelope.position = Position{++position_};
    envelope.recorded_at = Timestamp{1'700'000'000'000 + static_cast<std::int64_t>(position_)};
    envelope.actor = {ActorType::user, actor, {}};
    envelope.event_id = make_uuid_v7(envelope.recorded_at.unix_ms, {static_cast<std::uint8_t>(position_),
                                                                    static_cast<std::uint8_t>(position_ >> 8U)});
    recorded.type = type_number_of(event);
    evolve(state_, {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, {}}, event);
    recorded.data = std::move(event);
    projection_.apply(rows, recorded);
    events.push_back(std::move(recorded));
    return *this;
  }
  HandmadeHistory& register_app(const std::string& app, const std::function<void(AppRegistered&)>& change = {}) {
    AppRegistered event;
    event.app_id = AppId{app};
    event.developer = DeveloperKind::third_party;
    event.facts.name = app;
    if (change)
      change(event);
    return add(event, catalogue_stream.value);
  }
  [[nodiscard]] State state(const std::string& account = "acme") const { return State(state_, AccountId{account}); }

  MemoryTable rows;
  std::vector<RecordedEvent> events;

 private:
  const Projection& projection_;
  MemoryTable state_;
  std::map<std::string, std::uint64_t> versions_;
  std::uint64_t position_{};
};

// Walks a listing to its end in pages of this size.
template <class Item>
[[nodiscard]] std::vector<Item>
all_pages(const std::function<Page<Item>(std::string_view cursor, std::size_t page_size)>& query,
          std::size_t page_size) {
  std::vector<Item> items;
  std::string cursor;
  do {
    auto page = query(cursor, page_size);
    EXPECT_LE(page.items.size(), page_size);
    EXPECT_TRUE(page.next.empty() || page.next != cursor) << "a page leads to itself";
    cursor = page.next;
    std::move(page.items.begin(), page.items.end(), std::back_inserter(items));
  } while (!cursor.empty());
  return items;
}

}  // namespace gatehouse::testing
