#include "replay/verify.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "projections/inbox.hpp"
#include "replay/build_generations.hpp"
#include "replay/repair_state.hpp"
#include "table/memory_table.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using ::testing::HasSubstr;
using testing::World;

class Verify : public ::testing::Test {
 protected:
  void SetUp() override { build(); }
  void build() {
    for (const auto& built : build_generations(world_.log, world_.store, projections_, {})) {
      ASSERT_TRUE(put_in_place(world_.store, *built.table).has_value());
    }
  }
  std::vector<VerifiedProjection> verify(std::size_t memory = 256U << 20) {
    MemoryProjectionStore scratch;
    return verify_projections(world_.log, world_.store, scratch, projections_, {.memory_bytes_max = memory});
  }
  std::string problem_of(std::string_view name, std::size_t memory = 256U << 20) {
    for (const auto& verified : verify(memory)) {
      if (verified.name + (verified.is_kept ? " (kept)" : "") == name)
        return verified.problem;
    }
    return "not verified";
  }
  void plant(ProjectionTable& table, const std::string& key, std::optional<std::string> value) {
    const OverlayTable::Changes changes{{key, std::move(value)}};
    const ProjectionWrite write{&table, &changes, table.snapshot()->checkpoint()};
    ASSERT_TRUE(world_.store.write({&write, 1}).has_value());
  }
  void plant_in_state(const std::string& key, std::optional<std::string> value) {
    std::array<CommitDraft, 1> drafts;
    drafts[0].state.emplace(key, std::move(value));
    ASSERT_EQ(world_.log.append(drafts).front().status, AppendStatus::appended);
  }

  World world_{11, 300};
  ProjectionSet projections_ = all_projections();
};

TEST_F(Verify, finds_nothing_wrong_where_nothing_is_whatever_the_memory) {
  for (const std::size_t memory : {std::size_t{256U << 20}, std::size_t{150'000}, std::size_t{60'000}}) {
    for (const auto& verified : verify(memory)) {
      EXPECT_EQ(verified.problem, "") << verified.name;
      EXPECT_EQ(verified.position, world_.log.head()) << verified.name;
      EXPECT_GT(verified.rows, 0U) << verified.name;
    }
  }
}

TEST_F(Verify, counts_every_stored_row) {
  std::uint64_t rows = 0;
  world_.log.state()->scan({}, [&](std::string_view, std::string_view) { return ++rows > 0; });
  EXPECT_EQ(verify().front().rows, rows);
  plant_in_state(state_keys::member(AccountId{"account-0"}, UserId{"ghost"}), "boo");
  EXPECT_EQ(verify().front().rows, rows + 1);
}

TEST_F(Verify, names_a_changed_row_of_the_state_and_what_is_different_in_it) {
  const State state(*world_.log.state(), AccountId{"account-0"});
  auto member = *state.member(UserId{"user-2"});
  member.department = {"user-2", "Somewhere else"};
  MemoryTable packed;
  const auto key = state_keys::member(AccountId{"account-0"}, UserId{"user-2"});
  put_row(packed, key, member);
  plant_in_state(key, packed.get(key));
  for (const std::size_t memory : {std::size_t{256U << 20}, std::size_t{60'000}}) {
    const auto problem = problem_of("state", memory);
    EXPECT_THAT(problem, HasSubstr("state: member account-0/user-2"));
    EXPECT_THAT(problem, HasSubstr(R"(stored: department = personal of "user-2": "Somewhere else")"));
    EXPECT_THAT(problem, Not(HasSubstr("role_id")));
  }
}

TEST_F(Verify, names_a_row_of_the_state_that_is_missing_or_too_many) {
  plant_in_state(state_keys::member(AccountId{"account-1"}, UserId{"user-0"}), std::nullopt);
  EXPECT_THAT(problem_of("state"), HasSubstr("member account-1/user-0\n  stored: no such row"));
  build();
  plant_in_state(state_keys::member(AccountId{"account-0"}, UserId{"ghost"}), "boo");
  EXPECT_THAT(problem_of("state"),
              HasSubstr("member account-0/ghost\n  stored: not a row of its kind\n  folded: no such row"));
}

TEST_F(Verify, finds_a_row_that_is_changed_missing_or_too_many_in_any_projection) {
  for (const auto& projection : projections_) {
    const auto table = world_.store.find(id_of(*projection), GenerationRole::active);
    std::string key, value;
    table->snapshot()->scan({}, [&](std::string_view first, std::string_view found) {
      key = first;
      value = found;
      return false;
    });
    const auto row = std::string(projection->name()) + ": " + describe_key(projection->shapes(), key);
    plant(*table, key, value + "x");
    EXPECT_THAT(problem_of(projection->name()), HasSubstr(row));
    plant(*table, key, std::nullopt);
    EXPECT_THAT(problem_of(projection->name()), HasSubstr(row + "\n  stored: no such row"));
    plant(*table, key, value);
    EXPECT_EQ(problem_of(projection->name()), "");
    plant(*table, "zzz", "too many");
    EXPECT_THAT(problem_of(projection->name()), HasSubstr("folded: no such row"));
    for (const auto& verified : verify()) {
      if (verified.name != projection->name())
        EXPECT_EQ(verified.problem, "") << verified.name;
    }
    plant(*table, "zzz", std::nullopt);
  }
}

TEST_F(Verify, looks_at_the_rows_that_are_kept_as_well) {
  const auto former = world_.store.find(id_of(*projections_.front()), GenerationRole::active);
  const auto built = build_generations(world_.log, world_.store, ProjectionSet{projections_.front()}, {});
  ASSERT_TRUE(put_in_place(world_.store, *built.front().table, former.get()).has_value());
  const std::string kept = std::string(projections_.front()->name()) + " (kept)";
  EXPECT_EQ(problem_of(kept), "");
  EXPECT_EQ(verify().size(), projections_.size() + 2);
  plant(*former, "a row of nobody", "x");
  EXPECT_NE(problem_of(kept), "");
  EXPECT_EQ(problem_of(projections_.front()->name()), "");
}

TEST_F(Verify, takes_a_projection_that_is_behind_for_what_it_is) {
  const auto before = world_.log.head();
  world_.story.go_on(100);
  for (const auto& verified : verify()) {
    EXPECT_EQ(verified.problem, "") << verified.name;
    EXPECT_EQ(verified.position, verified.name == "state" ? world_.log.head() : before);
  }
}

TEST_F(Verify, says_when_there_are_no_rows_to_compare) {
  const auto table = world_.store.find({"inbox", InboxProjection().version()}, GenerationRole::active);
  ASSERT_TRUE(world_.store.drop(*table).has_value());
  EXPECT_THAT(problem_of("inbox"), HasSubstr("has no rows"));
  EXPECT_EQ(problem_of("audit"), "");
  for (const auto& verified : verify())
    EXPECT_EQ(verified.verdict, verified.name == "inbox" ? RowsVerdict::missing : RowsVerdict::as_folded)
        << verified.name;
}

TEST_F(Verify, does_not_take_the_states_rows_of_an_earlier_version_for_damaged_ones) {
  MemoryProjectionStore scratch;
  for (const auto version : {state_rows_version - 1, state_rows_version}) {
    const auto verified = verify_projections(world_.log, world_.store, scratch, {}, {.state_version = version});
    ASSERT_EQ(verified.size(), 1U);
    EXPECT_EQ(verified.front().verdict, version == state_rows_version ? RowsVerdict::as_folded : RowsVerdict::missing);
  }
}

// Where nothing can be made, as on a disk that is full.
class FullStore final : public ProjectionStore {
 public:
  [[nodiscard]] std::vector<Generation> list() const override { return {}; }
  [[nodiscard]] std::shared_ptr<ProjectionTable> find(const ProjectionId&, GenerationRole) const override {
    return nullptr;
  }
  [[nodiscard]] tl::expected<Tables, StoreError> create_all(std::span<const ProjectionId>) override {
    return tl::unexpected(StoreError{"no space left"});
  }
  [[nodiscard]] Outcome activate(ProjectionTable&, const ProjectionTable*) override { return full(); }
  [[nodiscard]] Outcome drop_all(std::span<ProjectionTable* const>) override { return full(); }
  [[nodiscard]] Outcome write(std::span<const ProjectionWrite>) override { return full(); }
  [[nodiscard]] Outcome write_bulk(const ProjectionWrite&) override { return full(); }
  [[nodiscard]] Outcome settle(ProjectionTable&) override { return full(); }
  [[nodiscard]] Outcome load(ProjectionTable&, Position, const std::function<void(const RowSink&)>&) override {
    return full();
  }
  [[nodiscard]] Outcome load_more(ProjectionTable&, Position, const std::function<void(const ChangeSink&)>&) override {
    return full();
  }

 private:
  static Outcome full() { return tl::unexpected(StoreError{"no space left"}); }
};

TEST_F(Verify, tells_rows_that_could_not_be_compared_from_wrong_ones) {
  FullStore full;
  for (const auto& verified : verify_projections(world_.log, world_.store, full, projections_, {})) {
    EXPECT_EQ(verified.verdict, RowsVerdict::not_compared) << verified.name;
    EXPECT_THAT(to_text(verified), HasSubstr("was not compared, which says nothing of it: no space left"));
  }
}

TEST_F(Verify, says_when_rows_are_ahead_of_the_log) {
  const auto table = world_.store.find({"inbox", InboxProjection().version()}, GenerationRole::active);
  const OverlayTable::Changes none;
  const ProjectionWrite write{table.get(), &none, Position{world_.log.head().value + 1}};
  ASSERT_TRUE(world_.store.write({&write, 1}).has_value());
  EXPECT_THAT(problem_of("inbox"), HasSubstr("ahead of the log"));
}

TEST_F(Verify, reports_progress_to_the_end_without_going_back) {
  MemoryProjectionStore scratch;
  std::uint64_t done = 0, total = 0;
  (void)verify_projections(world_.log, world_.store, scratch, projections_,
                           {.progress = [&](const WorkProgress& progress) {
                             EXPECT_GE(progress.done, done);
                             done = progress.done;
                             total = progress.total;
                           }});
  EXPECT_EQ(total, world_.log.head().value);
  EXPECT_EQ(done, total);
}

RC_GTEST_PROP(RepairState, makes_the_state_what_the_log_says, ()) {
  World world(*rc::gen::arbitrary<std::uint64_t>(), 100);
  std::vector<std::pair<std::string, std::string>> rows;
  world.log.state()->scan({}, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  });
  std::array<CommitDraft, 1> damage;
  for (int count = 0; count < 5; ++count) {
    const auto& [key, value] = *rc::gen::elementOf(rows);
    damage[0].state.insert_or_assign(key, *rc::gen::arbitrary<bool>() ? std::nullopt : std::optional(value + "x"));
  }
  damage[0].state.insert_or_assign("Mtoo\0many\0", "row");
  const auto damaged = damage[0].state.size();
  RC_ASSERT(world.log.append(damage).front().status == AppendStatus::appended);
  MemoryProjectionStore scratch;
  const auto repaired = repair_state(world.log, scratch, *rc::gen::element<std::size_t>(60'000, 1U << 20), {});
  RC_ASSERT(repaired.has_value());
  RC_ASSERT(repaired->changed == damaged);
  RC_ASSERT(repaired->rows == rows.size());
  std::vector<std::pair<std::string, std::string>> after;
  world.log.state()->scan({}, [&](std::string_view key, std::string_view value) {
    after.emplace_back(key, value);
    return true;
  });
  RC_ASSERT(after == rows);
}

}  // namespace
}  // namespace gatehouse
