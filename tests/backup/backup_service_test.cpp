#include "backup/backup_service.hpp"

#include <future>

#include "backup/keys_backup.hpp"
#include "tests/backup/backup_scene.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

struct BackupServiceTest : BackupScene {
  void start(BackupSettings settings) {
    service = std::make_unique<BackupService>(
        BackupService::Parts{.log = *log, .keys = disk_keys.get(), .data = scratch.path() / "data", .signer = signer},
        std::move(settings), [] { return Timestamp{made_at_ms}; },
        [this](bool is_failure, const std::string& line) {
          const std::lock_guard lock(mutex);
          lines.push_back((is_failure ? "failure: " : "") + line);
          changed.notify_all();
        });
    service->start();
  }
  // Waits until so many lines were reported.
  std::string line(std::size_t number) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return lines.size() >= number; });
    return lines[number - 1];
  }
  [[nodiscard]] BackupSettings settings() const { return {.folder = backups(), .bytes_per_second = 0}; }

  std::unique_ptr<SubjectKeys> disk_keys;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
  std::unique_ptr<BackupService> service;
};

TEST_F(BackupServiceTest, makes_one_when_it_is_asked_and_one_at_a_time) {
  start(settings());
  EXPECT_FALSE(service->status().running);
  ASSERT_TRUE(service->ask());
  static_cast<void>(service->ask());  // asked for already, or being made: never a second one at once
  EXPECT_EQ(line(1), "backup 1 up to event " + std::to_string(log->head().value) + ", verified");
  service->stop();
  EXPECT_FALSE(service->ask()) << "it has stopped";
  EXPECT_EQ(service->status().last_success, Timestamp{made_at_ms});
  EXPECT_EQ(service->status().failures, 0U);
}

TEST_F(BackupServiceTest, makes_the_first_at_once_where_they_are_due_and_none_that_is_not_due) {
  auto hourly = settings();
  hourly.interval = std::chrono::hours{1};
  start(hourly);
  EXPECT_TRUE(line(1).starts_with("backup 1 ")) << line(1);
  service->stop();
  start(hourly);
  EXPECT_EQ(service->status().last_success, Timestamp{made_at_ms}) << "of the run before";
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(2).starts_with("backup 2 ")) << "the one that was asked for, and none before it: " << line(2);
}

TEST_F(BackupServiceTest, says_that_one_failed_until_one_succeeds) {
  std::ofstream(backups()) << "no folder";
  start(settings());
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(1).starts_with("failure: the backup failed: ")) << line(1);
  EXPECT_EQ(service->status().failures, 1U);
  EXPECT_NE(service->status().last_error, "");
  fs::remove(backups());
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(2).starts_with("backup 1 ")) << line(2);
  service->stop();
  EXPECT_EQ(service->status().last_error, "");
  EXPECT_EQ(service->status().failures, 1U);
}

TEST_F(BackupServiceTest, makes_backups_although_the_keys_cannot_be_copied_and_says_so) {
  disk_keys = open_subject_keys((scratch.path() / "subject-keys").string(), KeysAccess::make).value();
  auto with_keys = settings();
  with_keys.keys_folder = scratch.path() / "keys-backup";
  std::ofstream(with_keys.keys_folder) << "no folder";
  start(with_keys);
  EXPECT_TRUE(line(1).starts_with("failure: the copy of the keys failed: ")) << line(1);
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(2).starts_with("failure: the copy of the keys failed: ")) << line(2);
  EXPECT_TRUE(line(3).starts_with("backup 1 ")) << line(3);
  EXPECT_EQ(service->status().last_success, Timestamp{made_at_ms});
  EXPECT_EQ(service->status().failures, 2U);
  EXPECT_NE(service->status().last_error, "");
  fs::remove(with_keys.keys_folder);
  ASSERT_TRUE(http::eventually([&] { return service->ask(); }));
  EXPECT_TRUE(line(4).starts_with("backup 2 ")) << line(4);
  EXPECT_EQ(service->status().last_error, "");
}

TEST_F(BackupServiceTest, says_that_what_is_there_is_damaged) {
  start(settings());
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(1).starts_with("backup 1 ")) << line(1);
  for (const auto& entry : fs::directory_iterator(backups() / "shared_checksum"))
    flip(entry.path(), entry.file_size() / 2);
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(2).starts_with("failure: the backup failed: damaged: shared_checksum/")) << line(2);
  service->stop();
  EXPECT_TRUE(service->status().last_error.starts_with(damage_words)) << service->status().last_error;
}

TEST_F(BackupServiceTest, copies_the_keys_anew_when_one_was_destroyed) {
  const SubjectName ann{AccountId{"acme"}, "ann"};
  disk_keys = open_subject_keys((scratch.path() / "subject-keys").string(), KeysAccess::make).value();
  disk_keys->add({{ann, disk_keys->make_key(ann)}});
  auto with_keys = settings();
  with_keys.keys_folder = scratch.path() / "keys-backup";
  start(with_keys);
  EXPECT_EQ(line(1), "the keys were copied") << "what was destroyed before the start may be in the copy";
  ASSERT_TRUE(service->ask());
  EXPECT_TRUE(line(2).starts_with("backup 1 "));
  story.go_on(2);
  disk_keys->destroy(ann);
  story.go_on(2);  // as the certificate of an erasure is recorded
  EXPECT_EQ(line(3), "the keys were copied");
  service->stop();
  const auto copy = open_subject_keys(subject_keys_in(with_keys.keys_folder).string(), KeysAccess::read).value();
  SubjectKey key;
  EXPECT_EQ(copy->find(ann, key), SubjectKeys::Standing::destroyed);
}

}  // namespace
}  // namespace gatehouse::testing
