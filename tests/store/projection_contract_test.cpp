#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/memory_projection_store.hpp"
#include "store/rocks_event_log.hpp"
#include "store/scratch_projection_store.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const ProjectionId inbox{"inbox", 2};

class ProjectionContract : public ::testing::TestWithParam<std::string> {
 protected:
  ProjectionContract() {
    if (GetParam() == "memory")
      store_ = std::make_shared<MemoryProjectionStore>();
    else if (GetParam() == "scratch")
      store_ = make_scratch_store(folder_.path()).value();
    else
      open();
  }

  void open() {
    store_.reset();
    log_.reset();
    auto log = RocksEventLog::open(small_log(folder_.path()));
    ASSERT_TRUE(log) << to_text(log.error());
    log_ = std::move(*log);
    store_ = log_->projections();
  }

  // Only the log's own store has another run. No table may be held: it would keep the database open.
  void restart() {
    if (log_)
      open();
  }

  std::shared_ptr<ProjectionTable> created(const ProjectionId& projection = inbox) {
    return store_->create(projection).value();
  }

  void put(ProjectionTable& table, const std::string& key, std::optional<std::string> value, std::uint64_t checkpoint) {
    const OverlayTable::Changes changes{{key, std::move(value)}};
    const ProjectionWrite write{&table, &changes, {checkpoint}};
    ASSERT_TRUE(store_->write({&write, 1}));
  }

  static std::vector<std::pair<std::string, std::string>> rows(const ProjectionTable& table) {
    std::vector<std::pair<std::string, std::string>> found;
    table.snapshot()->scan("", [&](std::string_view key, std::string_view value) {
      found.emplace_back(key, value);
      return true;
    });
    return found;
  }

  TemporaryFolder folder_;
  std::unique_ptr<RocksEventLog> log_;
  std::shared_ptr<ProjectionStore> store_;
};
INSTANTIATE_TEST_SUITE_P(Backends, ProjectionContract, ::testing::Values("memory", "rocksdb", "scratch"),
                         [](const auto& backend) { return backend.param; });

TEST_P(ProjectionContract, a_new_table_is_empty_and_building) {
  const auto table = created();
  EXPECT_EQ(table->projection(), inbox);
  EXPECT_EQ(table->snapshot()->checkpoint(), Position{});
  EXPECT_THAT(rows(*table), IsEmpty());
  EXPECT_EQ(store_->find(inbox, GenerationRole::building), table);
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), nullptr);
  EXPECT_EQ(store_->find({"inbox", 1}, GenerationRole::building), nullptr);
}

TEST_P(ProjectionContract, rows_and_checkpoint_change_together) {
  const auto table = created();
  put(*table, "a", "1", 5);
  const auto before = table->snapshot();
  put(*table, "a", std::nullopt, 6);
  EXPECT_EQ(before->checkpoint(), Position{5});
  EXPECT_EQ(before->get("a"), "1");
  EXPECT_EQ(table->snapshot()->checkpoint(), Position{6});
  EXPECT_EQ(table->snapshot()->get("a"), std::nullopt);
}

TEST_P(ProjectionContract, the_checkpoint_is_no_row) {
  const auto table = created();
  put(*table, "a", "1", 5);
  EXPECT_THAT(rows(*table), ElementsAre(Pair("a", "1")));
}

TEST_P(ProjectionContract, several_tables_are_written_in_one_step) {
  const auto first = created();
  const auto second = created({"apps", 1});
  const OverlayTable::Changes one{{"a", "1"}}, two{{"b", "2"}};
  const std::vector<ProjectionWrite> writes{{first.get(), &one, {7}}, {second.get(), &two, {7}}};
  ASSERT_TRUE(store_->write(writes));
  EXPECT_THAT(rows(*first), ElementsAre(Pair("a", "1")));
  EXPECT_THAT(rows(*second), ElementsAre(Pair("b", "2")));
  EXPECT_EQ(second->snapshot()->checkpoint(), Position{7});
}

TEST_P(ProjectionContract, a_building_generation_takes_the_active_one_s_place_in_one_step) {
  const auto old = created();
  put(*old, "a", "old", 5);
  ASSERT_TRUE(store_->activate(*old));
  const auto fresh = created();
  put(*fresh, "a", "fresh", 5);
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), old);
  EXPECT_EQ(store_->find(inbox, GenerationRole::building), fresh);
  const auto held = old->snapshot();
  ASSERT_TRUE(store_->activate(*fresh, old.get()));
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), fresh);
  EXPECT_EQ(store_->find(inbox, GenerationRole::kept), old);
  EXPECT_EQ(store_->find(inbox, GenerationRole::building), nullptr);
  ASSERT_TRUE(store_->drop(*old));
  EXPECT_EQ(store_->find(inbox, GenerationRole::kept), nullptr);
  EXPECT_EQ(held->get("a"), "old") << "queries under way keep what they read";
  EXPECT_EQ(store_->list().size(), 1U);
}

TEST_P(ProjectionContract, several_generations_come_and_go_in_one_step) {
  const std::vector<ProjectionId> ids{{"apps", 1}, inbox, inbox};
  const auto tables = store_->create_all(ids);
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->size(), ids.size());
  for (std::size_t index = 0; index < ids.size(); ++index) {
    EXPECT_EQ((*tables)[index]->projection(), ids[index]);
    EXPECT_EQ((*tables)[index]->snapshot()->checkpoint(), Position{});
  }
  EXPECT_LT((*tables)[1]->generation(), (*tables)[2]->generation());
  put(*(*tables)[2], "a", "1", 5);
  EXPECT_THAT(rows(*(*tables)[1]), ElementsAre());
  ASSERT_TRUE(store_->activate(*(*tables)[1]));
  const std::vector<ProjectionTable*> dropped{(*tables)[0].get(), (*tables)[1].get()};
  ASSERT_TRUE(store_->drop_all(dropped));
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), nullptr);
  ASSERT_EQ(store_->list().size(), 1U);
  EXPECT_EQ(store_->list().front().table, (*tables)[2]);
}

TEST_P(ProjectionContract, a_kept_generation_is_active_again_in_one_step) {
  const auto old = created(), fresh = created();
  ASSERT_TRUE(store_->activate(*fresh, old.get()));
  ASSERT_TRUE(store_->activate(*old, fresh.get()));
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), old);
  EXPECT_EQ(store_->find(inbox, GenerationRole::kept), fresh);
  EXPECT_GT(created()->generation(), fresh->generation());
  ASSERT_TRUE(store_->activate(*old));
  EXPECT_EQ(store_->find(inbox, GenerationRole::kept), nullptr);
}

TEST_P(ProjectionContract, notes_are_written_with_the_rows_and_seen_by_no_scan) {
  auto table = created();
  const OverlayTable::Changes changes{{"a", "1"}}, notes{{"n/1", "one"}, {"n/2", "two"}}, fewer{{"n/1", std::nullopt}},
      none;
  const std::vector<ProjectionWrite> writes{{table.get(), &changes, {7}, &notes}, {table.get(), &none, {8}, &fewer}};
  ASSERT_TRUE(store_->write({writes.data(), 1}));
  {
    const auto before = table->snapshot();
    ASSERT_TRUE(store_->write_bulk(writes[1]));
    EXPECT_THAT(rows(*table), ElementsAre(Pair("a", "1")));
    EXPECT_EQ(before->notes().size(), 2U);
  }
  ASSERT_TRUE(store_->activate(*table));
  table.reset();
  restart();
  const auto found = store_->find(inbox, GenerationRole::active);
  ASSERT_TRUE(found);
  const auto active = found->snapshot();
  EXPECT_EQ(active->checkpoint(), Position{8});
  EXPECT_THAT(active->notes(), ElementsAre(Pair("n/2", "two")));
}

TEST_P(ProjectionContract, generations_come_back_with_their_roles) {
  auto old = created();
  put(*old, "a", "old", 5);
  const auto kept_number = created()->generation();
  ASSERT_TRUE(store_->activate(*old, store_->find(inbox, GenerationRole::building).get()));
  put(*created(), "a", "fresh", 4);
  const auto number = old->generation();
  old.reset();
  restart();
  EXPECT_EQ(store_->find(inbox, GenerationRole::kept)->generation(), kept_number);
  const auto active = store_->find(inbox, GenerationRole::active);
  ASSERT_TRUE(active);
  EXPECT_EQ(active->generation(), number);
  EXPECT_EQ(active->snapshot()->checkpoint(), Position{5});
  EXPECT_THAT(rows(*active), ElementsAre(Pair("a", "old")));
  const auto building = store_->find(inbox, GenerationRole::building);
  ASSERT_TRUE(building);
  EXPECT_GT(building->generation(), number);
  EXPECT_EQ(building->snapshot()->checkpoint(), Position{4});
}

TEST_P(ProjectionContract, bulk_rows_are_safe_once_the_table_is_active) {
  auto table = created();
  const OverlayTable::Changes changes{{"a", "1"}, {"b", "2"}};
  ASSERT_TRUE(store_->write_bulk({table.get(), &changes, {9}}));
  EXPECT_THAT(rows(*table), ElementsAre(Pair("a", "1"), Pair("b", "2")));
  put(*table, "c", "3", 10);
  ASSERT_TRUE(store_->activate(*table));
  table.reset();
  restart();
  const auto active = store_->find(inbox, GenerationRole::active);
  ASSERT_TRUE(active);
  EXPECT_THAT(rows(*active), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "3")));
  EXPECT_EQ(active->snapshot()->checkpoint(), Position{10});
}

TEST_P(ProjectionContract, a_table_in_the_making_takes_more_and_erases_what_it_had) {
  auto table = created();
  const auto add = [&](Position checkpoint, const OverlayTable::Changes& changes) {
    ASSERT_TRUE(store_->load_more(*table, checkpoint, [&](const ProjectionStore::ChangeSink& sink) {
      for (const auto& [key, value] : changes)
        sink(key, value);
    }));
  };
  OverlayTable::Changes many;
  for (int number = 1'000; number < 3'000; ++number)
    many.emplace(std::to_string(number), std::string(100, 'x'));
  add({41}, many);
  EXPECT_EQ(rows(*table).size(), many.size());
  EXPECT_EQ(table->snapshot()->checkpoint(), Position{41});
  add({42}, {{"1000", std::nullopt}, {"1001", "new"}, {"a", "1"}, {"none", std::nullopt}});
  EXPECT_EQ(rows(*table).size(), many.size());
  ASSERT_TRUE(store_->activate(*table));
  table.reset();
  restart();
  const auto active = store_->find(inbox, GenerationRole::active);
  ASSERT_TRUE(active);
  EXPECT_EQ(active->snapshot()->checkpoint(), Position{42});
  EXPECT_EQ(active->snapshot()->get("1000"), std::nullopt);
  EXPECT_EQ(active->snapshot()->get("1001"), "new");
  EXPECT_EQ(rows(*active).size(), many.size());
}

TEST_P(ProjectionContract, a_table_is_loaded_from_sorted_rows) {
  auto table = created();
  ASSERT_TRUE(store_->load(*table, {42}, [](const ProjectionStore::RowSink& sink) {
    for (int number = 1'000; number < 3'000; ++number)
      sink("k" + std::to_string(number), std::to_string(number));
  }));
  EXPECT_EQ(table->snapshot()->checkpoint(), Position{42});
  EXPECT_EQ(rows(*table).size(), 2'000U);
  put(*table, "k1000", "changed", 43);
  ASSERT_TRUE(store_->activate(*table));
  table.reset();
  restart();
  const auto active = store_->find(inbox, GenerationRole::active);
  ASSERT_TRUE(active);
  EXPECT_EQ(active->snapshot()->checkpoint(), Position{43});
  EXPECT_EQ(active->snapshot()->get("k1000"), "changed");
  EXPECT_EQ(active->snapshot()->get("k2999"), "2999");
}

TEST_P(ProjectionContract, an_empty_table_can_be_loaded) {
  const auto table = created();
  ASSERT_TRUE(store_->load(*table, {42}, [](const ProjectionStore::RowSink&) {}));
  EXPECT_EQ(table->snapshot()->checkpoint(), Position{42});
  EXPECT_THAT(rows(*table), IsEmpty());
}

TEST_P(ProjectionContract, an_active_table_that_was_dropped_leaves_none) {
  auto table = created();
  ASSERT_TRUE(store_->activate(*table));
  ASSERT_TRUE(store_->drop(*table));
  EXPECT_EQ(store_->find(inbox, GenerationRole::active), nullptr);
  table.reset();
  restart();
  EXPECT_THAT(store_->list(), IsEmpty());
  EXPECT_EQ(created()->snapshot()->checkpoint(), Position{});
}

}  // namespace
}  // namespace gatehouse::testing
