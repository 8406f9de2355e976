#include "backup/restore_log.hpp"

#include <random>

#include "domain/rows.hpp"
#include "events/archive.hpp"
#include "events/frame.hpp"
#include "projections/audit.hpp"
#include "replay/build_generations.hpp"
#include "replay/verify.hpp"
#include "store/memory_projection_store.hpp"
#include "tests/backup/backup_scene.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

struct RestoreLog : BackupScene {
  RestoreLog() {
    EXPECT_TRUE(log->set_state_version(state_rows_version));
    made = must_back_up();
  }

  [[nodiscard]] BackupResult<RestoredLog> restore(const RestorePoint& point) {
    const auto data = scratch.path() / ("restored-" + std::to_string(++restored_));
    fs::create_directories(data);
    return restore_log(folder(), point, data, {});
  }
  [[nodiscard]] Envelope envelope_at(Position position) const {
    return parse_frame(log->read_at(position)->frame)->envelope;
  }
  [[nodiscard]] bool ends_command(Position position) const {
    const auto envelope = envelope_at(position);
    return envelope.commit_index + 1 == envelope.commit_count;
  }
  static std::string problem_of_state(const EventLog& log) {
    MemoryProjectionStore store, scratch;
    return verify_projections(log, store, scratch, {}, {.memory_bytes_max = 64U << 20}).front().problem;
  }
  void expect_prefix(const RestoredLog& restored, Position end) const {
    ASSERT_EQ(restored.log->head(), end);
    EXPECT_EQ(frames_of(*restored.log, end), frames_of(*log, end));
    EXPECT_EQ(problem_of_state(*restored.log), "");
    const auto verified = restored.log->verify_chain({});
    ASSERT_TRUE(verified.has_value()) << to_text(verified.error());
    const auto tree = transparency::tree_of(*log, *log->projections())->at(end.value).head();
    EXPECT_EQ(transparency::tree_of(*restored.log, *restored.log->projections())->head().root, tree.root);
  }

  Backup made;
  int restored_ = 0;
};

TEST_F(RestoreLog, gives_the_whole_log_again) {
  const auto restored = restore({});
  ASSERT_TRUE(restored.has_value()) << restored.error().detail;
  EXPECT_FALSE(restored->is_cut);
  EXPECT_EQ(restored->log->mark(), log->mark());
  expect_prefix(*restored, log->head());
}

TEST_F(RestoreLog, ends_where_it_is_told_to) {
  std::mt19937_64 random(5);
  std::vector<Position> ends{{0}, log->head()};
  while (ends.size() < 4) {
    const Position end{1 + random() % log->head().value};
    if (ends_command(end))
      ends.push_back(end);
  }
  for (const auto end : ends) {
    SCOPED_TRACE(end.value);
    const auto restored = restore({.position = end});
    ASSERT_TRUE(restored.has_value()) << restored.error().detail;
    expect_prefix(*restored, end);
  }
}

TEST_F(RestoreLog, ends_before_what_was_recorded_later_than_a_time) {
  const Position last{log->head().value / 2};
  const auto time = envelope_at(last).recorded_at;
  Position end{envelope_at(last).commit_first.value + envelope_at(last).commit_count - 1U};
  while (end < log->head() && envelope_at({end.value + 1}).recorded_at <= time)
    ++end.value;
  const auto restored = restore({.time = time});
  ASSERT_TRUE(restored.has_value()) << restored.error().detail;
  expect_prefix(*restored, end);
  EXPECT_FALSE(restore({.time = Timestamp{made_at_ms + 1}}).has_value()) << "what happened then no backup knows";
}

TEST_F(RestoreLog, remembers_the_commands_that_are_in_it_and_no_others) {
  Position middle{log->head().value / 2};
  while (!ends_command(middle))
    ++middle.value;
  const auto restored = restore({.position = middle});
  ASSERT_TRUE(restored.has_value()) << restored.error().detail;
  std::size_t remembered = 0, forgotten = 0;
  for (const auto& sent : story.sent()) {
    const auto id = sent.submission.command_key.value();
    const auto was = log->find_command(id);
    if (!was)
      continue;
    const bool is_in_it = was->first.value + std::max(was->event_count, 1U) - 1 <= middle.value;
    EXPECT_EQ(restored->log->find_command(id).has_value(), is_in_it);
    ++(is_in_it ? remembered : forgotten);
  }
  EXPECT_GT(remembered, 10U);
  EXPECT_GT(forgotten, 10U);
}

TEST_F(RestoreLog, goes_on_like_a_log_that_had_always_ended_there) {
  Position middle{log->head().value / 2};
  while (!ends_command(middle))
    ++middle.value;
  auto restored = restore({.position = middle});
  ASSERT_TRUE(restored.has_value()) << restored.error().detail;
  Story(*restored->log, 99, {.accounts = 1, .keys = keys.get()}).go_on(30);
  ASSERT_GT(restored->log->head(), middle);
  EXPECT_EQ(problem_of_state(*restored->log), "");
  EXPECT_TRUE(restored->log->verify_chain({}).has_value());
  restored->log.reset();
  const auto again = open_in(scratch.path() / "restored-1");
  EXPECT_GT(again->head(), middle);
}

TEST_F(RestoreLog, refuses_half_a_command_and_what_no_backup_reaches) {
  Position half{1};
  while (ends_command(half))
    ++half.value;
  const auto in_between = restore({.position = half});
  ASSERT_FALSE(in_between.has_value());
  EXPECT_FALSE(in_between.error().is_damage);
  EXPECT_NE(in_between.error().detail.find("in the middle of a command"), std::string::npos)
      << in_between.error().detail;
  EXPECT_FALSE(restore({.position = Position{log->head().value + 1}}).has_value());
  EXPECT_FALSE(restore({.backup = 7}).has_value());
}

TEST_F(RestoreLog, refuses_what_does_not_prove_itself) {
  const auto files = folder().files_of(made).value();
  std::size_t damaged = 0;
  for (const auto& file : files) {
    if (!file.path.ends_with(".sst") || ++damaged > 3)
      continue;
    flip(backups() / file.path, file.bytes / 2);
    const auto restored = restore({});
    ASSERT_FALSE(restored.has_value()) << file.path;
    EXPECT_TRUE(restored.error().is_damage);
    EXPECT_NE(restored.error().detail.find(file.path), std::string::npos) << restored.error().detail;
    flip(backups() / file.path, file.bytes / 2);
  }
  EXPECT_GT(damaged, 3U);
  EXPECT_TRUE(restore({}).has_value());
}

TEST_F(RestoreLog, refuses_a_log_that_goes_on_after_its_manifest_whatever_is_asked_for) {
  const auto manifest = [this](const Backup& backup, const char* ending) {
    return backups() / "manifests" / (std::to_string(backup.id) + ending);
  };
  const auto end_of_first = log->head();
  story.go_on(20);
  const auto second = must_back_up();
  for (const auto* ending : {"", ".files"})
    fs::copy_file(manifest(made, ending), manifest(second, ending), fs::copy_options::overwrite_existing);
  for (const auto& point :
       {RestorePoint{.backup = second.id}, RestorePoint{.backup = second.id, .position = end_of_first}}) {
    const auto restored = restore(point);
    ASSERT_FALSE(restored.has_value());
    EXPECT_TRUE(restored.error().is_damage) << restored.error().detail;
  }
}

TEST_F(RestoreLog, keeps_what_is_parked_makes_wrong_rows_anew_and_leaves_wrong_kept_ones_out) {
  auto& store = *log->projections();
  const auto table = [&store](std::string_view name, GenerationRole role) {
    const auto all = all_projections();
    return store.find(id_of(**std::ranges::find(all, name, [](const auto& one) { return one->name(); })), role);
  };
  const auto write = [&store](ProjectionTable& rows, const OverlayTable::Changes& changes,
                              const OverlayTable::Changes& notes) {
    const ProjectionWrite one{&rows, &changes, rows.snapshot()->checkpoint(), &notes};
    ASSERT_TRUE(store.write({&one, 1}).has_value());
  };
  for (const auto& built : build_generations(*log, store, all_projections(), {}))
    ASSERT_TRUE(put_in_place(store, *built.table).has_value());
  const auto kept = table("audit", GenerationRole::active);
  for (const auto& built : build_generations(*log, store, ProjectionSet{std::make_shared<AuditProjection>()}, {}))
    ASSERT_TRUE(put_in_place(store, *built.table, kept.get()).has_value());
  // A stream that is held back from behind its last event on is one that lacks nothing.
  const auto stream = story.accounts().front();
  ParkedStream parked{.stream = stream,
                      .position = log->head(),
                      .version = log->stream_head(stream)->version + 1,
                      .event_type = "MemberAdded",
                      .since = {1},
                      .attempts = {}};
  parked.add_attempt({1}, "a row cannot be read");
  write(*table("catalogue", GenerationRole::active), {}, {{parked_note_key(stream), pack(parked)}});
  write(*table("inbox", GenerationRole::active), {{"zzz", "a row of nobody"}}, {});
  write(*kept, {{"zzz", "a row of nobody"}}, {});
  static_cast<void>(must_back_up());

  const auto restored = restore({});
  ASSERT_TRUE(restored.has_value()) << restored.error().detail;
  EXPECT_EQ(restored->made_anew, std::vector<std::string>{"inbox"});
  ASSERT_EQ(restored->remarks.size(), 3U);
  auto& rows = *restored->log->projections();
  const auto catalogue = rows.find(table("catalogue", GenerationRole::active)->projection(), GenerationRole::active);
  EXPECT_EQ(left_out_of(*catalogue->snapshot()).parked.size(), 1U);
  EXPECT_EQ(rows.find(kept->projection(), GenerationRole::kept), nullptr);
  MemoryProjectionStore again;
  for (const auto& one : verify_projections(*restored->log, rows, again, all_projections(), {}))
    EXPECT_EQ(one.verdict, RowsVerdict::as_folded) << to_text(one);
}

TEST_F(RestoreLog, takes_the_newest_backup_that_reaches_the_point) {
  story.go_on(20);
  const auto second = must_back_up();
  EXPECT_EQ(choose_backup(folder().backups().value(), {})->id, second.id);
  EXPECT_EQ(choose_backup(folder().backups().value(), {.position = made.manifest.head.position})->id, second.id);
  EXPECT_EQ(choose_backup(folder().backups().value(), {.backup = made.id})->id, made.id);
  flip(backups() / "manifests" / std::to_string(second.id), 90);
  const auto damaged = choose_backup(folder().backups().value(), {});
  ASSERT_FALSE(damaged.has_value()) << "an older one is not taken unasked";
  EXPECT_TRUE(damaged.error().is_damage);
  fs::remove(backups() / "manifests" / std::to_string(second.id));
  const auto lost = choose_backup(folder().backups().value(), {});
  ASSERT_FALSE(lost.has_value()) << "nor when its manifest is gone";
  EXPECT_TRUE(lost.error().is_damage);
  EXPECT_EQ(choose_backup(folder().backups().value(), {.backup = made.id})->id, made.id);
}

}  // namespace
}  // namespace gatehouse::testing
