// The copy of the keys beside a running server: anew when keys were destroyed, and what becomes of one that fails.
#include "backup/keys_copies.hpp"

#include <fstream>
#include <gtest/gtest.h>

#include "backup/keys_backup.hpp"
#include "tests/backup/backup_scene.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

struct KeysCopiesTest : BackupScene {
  KeysCopiesTest() {
    for (const auto* person : {"ann", "bob"})
      disk_keys->add({{name(person), disk_keys->make_key(name(person))}});
  }
  ~KeysCopiesTest() override { copies.stop(); }

  static SubjectName name(const std::string& person) { return {AccountId{"acme"}, person}; }
  void erase(const std::string& person) {
    disk_keys->destroy(name(person));
    story.go_on(2);  // as the certificate is recorded
  }
  [[nodiscard]] SubjectKeys::Standing standing_in_copy(const std::string& person) const {
    SubjectKey key;
    return open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value()->find(name(person), key);
  }
  // Waits until so many lines were reported.
  std::string line(std::size_t number) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return lines.size() >= number; });
    return lines[number - 1];
  }
  [[nodiscard]] std::size_t count_lines() {
    const std::lock_guard lock(mutex);
    return lines.size();
  }
  [[nodiscard]] fs::path folder() const { return scratch.path() / "keys-backup"; }

  std::unique_ptr<SubjectKeys> disk_keys =
      open_subject_keys((scratch.path() / "subject-keys").string(), KeysAccess::make).value();
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
  KeysCopies copies{{.log = *log, .keys = disk_keys.get(), .data = scratch.path() / "data", .copy = folder()},
                    [this](bool is_failure, const std::string& line) {
                      const std::lock_guard lock(mutex);
                      lines.push_back((is_failure ? "failure: " : "") + line);
                      changed.notify_all();
                    }};
};

TEST_F(KeysCopiesTest, are_made_at_the_start_and_once_for_what_was_destroyed) {
  copies.start();
  EXPECT_EQ(line(1), "the keys were copied");
  EXPECT_EQ(standing_in_copy("ann"), SubjectKeys::Standing::present);
  erase("ann");
  EXPECT_EQ(line(2), "the keys were copied");
  EXPECT_EQ(standing_in_copy("ann"), SubjectKeys::Standing::destroyed);
  EXPECT_EQ(standing_in_copy("bob"), SubjectKeys::Standing::present);
  story.go_on(20);
  copies.stop();
  EXPECT_EQ(count_lines(), 2U) << "nothing more was destroyed";
}

TEST_F(KeysCopiesTest, that_fail_are_not_tried_again_with_every_event) {
  std::ofstream(folder()) << "no folder";
  copies.start();
  EXPECT_TRUE(line(1).starts_with("failure: the copy of the keys failed: ")) << line(1);
  erase("ann");
  story.go_on(50);
  copies.stop();
  EXPECT_EQ(copies.failures(), 1U);
  EXPECT_NE(copies.last_error(), "");
}

TEST_F(KeysCopiesTest, that_succeed_end_the_failure_of_the_one_before) {
  std::ofstream(folder()) << "no folder";
  EXPECT_FALSE(copies.make());
  EXPECT_NE(copies.last_error(), "");
  fs::remove(folder());
  EXPECT_TRUE(copies.make());
  EXPECT_EQ(copies.last_error(), "");
  EXPECT_EQ(copies.failures(), 1U);
}

}  // namespace
}  // namespace gatehouse::testing
