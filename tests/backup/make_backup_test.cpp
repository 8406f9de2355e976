#include "backup/make_backup.hpp"

#include "backup/backup_engine.hpp"
#include "backup/durable.hpp"
#include "backup/prove_backup.hpp"
#include "tests/backup/backup_scene.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

struct MakeBackup : BackupScene {
  // What is wrong with the newest backup; empty when nothing is.
  [[nodiscard]] std::string damage() const {
    const auto open = folder();
    const auto backup = open.backups()->back();
    if (const auto files = prove_files(open, backup, {}); !files)
      return files.error().detail;
    const auto content = prove_content(open, backup, ScratchSpace{.parent = scratch.path()}, {});
    return content ? std::string() : content.error().detail;
  }
  [[nodiscard]] std::size_t own_files(BackupId id) const {
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(backups() / "private" / std::to_string(id)))
      ++files;
    return files;
  }
};

TEST_F(MakeBackup, holds_the_log_as_it_is_and_says_so) {
  const auto made = must_back_up();
  EXPECT_EQ(made.manifest.head, log->mark());
  EXPECT_EQ(made.manifest.program, GATEHOUSE_VERSION);
  EXPECT_EQ(made.verified_at, Timestamp{made_at_ms});
  EXPECT_EQ(damage(), "");
  const auto open = folder();
  const auto found = open.backups().value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].manifest, made.manifest);
  EXPECT_EQ(is_signed_by(*found[0].note, signer.verifier_key()), true);
  const auto copy = open_backup(open, made.id, made.manifest.head).value();
  EXPECT_EQ(frames_of(*copy, copy->head()), frames_of(*log, log->head()));
}

TEST_F(MakeBackup, shares_with_the_one_before_what_did_not_change) {
  const auto first = must_back_up();
  story.go_on(40);
  const auto second = must_back_up();
  EXPECT_GT(second.manifest.head.position, first.manifest.head.position);
  EXPECT_EQ(damage(), "");
  const auto open = folder();
  const auto before = open.files_of(first).value(), after = open.files_of(second).value();
  const auto shared =
      std::ranges::count_if(after, [&](const auto& file) { return std::ranges::find(before, file) != before.end(); });
  EXPECT_GT(shared, 0) << "nothing is shared";
  EXPECT_LT(own_files(second.id), second.manifest.files - static_cast<std::size_t>(shared) + 1);
}

TEST_F(MakeBackup, is_proven_wrong_by_a_bit_of_any_of_its_files) {
  const auto made = must_back_up();
  auto files = folder().files_of(made).value();
  for (const auto* record : {"manifests/1", "manifests/1.files"})
    files.push_back({.path = record, .bytes = fs::file_size(backups() / record)});
  std::size_t flipped = 0;
  for (const auto& file : files) {
    if (file.bytes == 0)
      continue;
    const auto at = file.bytes * 2 / 3;
    flip(backups() / file.path, at);
    const auto found = damage();
    EXPECT_NE(found, "") << file.path;
    if (!file.path.starts_with("manifests/"))
      EXPECT_EQ(found, file.path + ": its bytes are not those that were written");
    flip(backups() / file.path, at);
    ++flipped;
  }
  EXPECT_GT(flipped, 8U);
  EXPECT_EQ(damage(), "");
  fs::resize_file(backups() / files.front().path, 3);
  EXPECT_NE(damage().find(files.front().path + ": has 3 bytes"), std::string::npos) << damage();
}

TEST_F(MakeBackup, is_refused_where_another_logs_are_and_while_somebody_uses_the_folder) {
  static_cast<void>(must_back_up());
  const auto other = open_in(scratch.path() / "other");
  Story(*other, 77).go_on(20);
  const auto foreign = make_backup(*other, signer, order());
  ASSERT_FALSE(foreign.has_value());
  EXPECT_NE(foreign.error().detail.find("another log"), std::string::npos) << foreign.error().detail;
  {
    const auto reader = folder();
    const auto meanwhile = back_up();
    ASSERT_FALSE(meanwhile.has_value());
    EXPECT_NE(meanwhile.error().detail.find("another process"), std::string::npos) << meanwhile.error().detail;
  }
  EXPECT_EQ(folder().backups()->size(), 1U);
}

TEST_F(MakeBackup, keeps_as_many_as_are_wanted) {
  auto two = order();
  two.keep = 2;
  two.verify = false;
  for (int round = 0; round < 3; ++round) {
    story.go_on(5);
    ASSERT_TRUE(make_backup(*log, signer, two).has_value());
  }
  const auto left = folder().backups().value();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].id, 2U);
  EXPECT_EQ(left[1].id, 3U);
  EXPECT_EQ(damage(), "");
  EXPECT_FALSE(fs::exists(backups() / "private" / "1"));
}

TEST_F(MakeBackup, that_does_not_verify_is_taken_away_and_pushes_out_no_other) {
  auto two = order();
  two.keep = 2;
  for (int round = 0; round < 2; ++round) {
    story.go_on(5);
    ASSERT_TRUE(make_backup(*log, signer, two).has_value());
  }
  const auto before = folder().backups().value();
  const auto files = folder().files_of(before.back()).value();
  const auto shared =
      std::ranges::find_if(files, [](const auto& file) { return file.path.starts_with("shared_checksum/"); })->path;
  const auto bytes = fs::file_size(backups() / shared);
  flip(backups() / shared, bytes / 2);
  for (int round = 0; round < 3; ++round) {
    const auto failed = make_backup(*log, signer, two);
    ASSERT_FALSE(failed.has_value());
    EXPECT_TRUE(failed.error().is_damage);
    EXPECT_NE(failed.error().detail.find(shared), std::string::npos) << failed.error().detail;
  }
  const auto left = folder().backups().value();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].id, before[0].id);
  EXPECT_EQ(left[1].id, before[1].id);
  for (const auto* part : {"meta", "private"})
    EXPECT_EQ(std::distance(fs::directory_iterator(backups() / part), {}), 2) << part;
  flip(backups() / shared, bytes / 2);
  EXPECT_TRUE(make_backup(*log, signer, two).has_value());
  EXPECT_EQ(folder().backups()->size(), 2U);
  EXPECT_EQ(damage(), "");
}

TEST_F(MakeBackup, refuses_to_add_to_one_whose_record_is_damaged_and_reads_the_others) {
  auto order_of_three = order();
  order_of_three.keep = 3;
  for (int round = 0; round < 3; ++round) {
    story.go_on(5);
    ASSERT_TRUE(make_backup(*log, signer, order_of_three).has_value());
  }
  const auto record = backups() / "meta" / "2";
  const auto text = read_whole(record).value();
  const auto checksum = text.find_first_of("0123456789", text.find(" crc32 ", text.find("shared_checksum/")) + 7);
  const auto at = text.find('\n', checksum) - 1;
  flip(record, at);
  const auto failed = make_backup(*log, signer, order_of_three);
  ASSERT_FALSE(failed.has_value());
  EXPECT_TRUE(failed.error().is_damage);
  EXPECT_EQ(failed.error().detail, "meta/2: its bytes are not those that were written");
  EXPECT_EQ(damage(), "") << "of the newest";
  flip(record, at);
  EXPECT_TRUE(make_backup(*log, signer, order_of_three).has_value());
}

TEST_F(MakeBackup, that_lost_its_manifest_is_damaged_and_not_overlooked) {
  const auto first = must_back_up(), second = must_back_up();
  fs::remove(backups() / "manifests" / std::to_string(second.id));
  const auto found = folder().backups().value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].damage, "");
  EXPECT_EQ(found[1].damage, "the manifest is missing");
  fs::remove(backups() / "manifests" / (std::to_string(second.id) + ".verified"));
  EXPECT_EQ(folder().backups()->size(), 1U) << "it was never finished, as far as one can tell";
}

TEST_F(MakeBackup, that_was_given_up_is_none_and_goes_with_the_next) {
  auto given_up = order();
  given_up.progress = [](BackupStep step, std::uint64_t) {
    if (step == BackupStep::listing)
      throw BackupCancelled();
  };
  EXPECT_THROW(static_cast<void>(make_backup(*log, signer, given_up)), BackupCancelled);
  EXPECT_TRUE(folder().backups()->empty());
  ASSERT_TRUE(fs::exists(backups() / "private" / "1")) << "the test is about what is left";
  static_cast<void>(must_back_up());
  EXPECT_EQ(folder().backups()->size(), 1U);
  EXPECT_EQ(damage(), "");
  std::size_t kept = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(backups() / "meta"))
    ++kept;
  EXPECT_EQ(kept, 1U);
}

}  // namespace
}  // namespace gatehouse::testing
