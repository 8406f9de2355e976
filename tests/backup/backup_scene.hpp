// A log on disk with a story in it, and a folder to put its backups in.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "backup/make_backup.hpp"
#include "tests/replay/story.hpp"
#include "tests/store/temporary_folder.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::testing {

struct BackupScene : ::testing::Test {
  static constexpr std::int64_t made_at_ms = 2'000'000'000'000;

  explicit BackupScene(std::uint64_t seed = 21)
      : log(open_in(scratch.path() / "data")), story(*log, seed, {.keys = keys.get(), .erases = true, .keyed = true}) {
    story.go_on(150);
    EXPECT_GT(log->head().value, 60U);
  }

  static std::unique_ptr<RocksEventLog> open_in(const std::filesystem::path& data) {
    OpenOptions options;
    options.data_dir = data;
    options.reserve.ballast_bytes = 4096;
    auto opened = RocksEventLog::open(options);
    EXPECT_TRUE(opened.has_value()) << to_text(opened.error());
    return std::move(*opened);
  }

  [[nodiscard]] std::filesystem::path backups() const { return scratch.path() / "backups"; }
  [[nodiscard]] BackupOrder order() const {
    return {.folder = backups(), .bytes_per_second = 0, .clock = [] { return Timestamp{made_at_ms}; }};
  }
  [[nodiscard]] BackupResult<Backup> back_up() const { return make_backup(*log, signer, order()); }
  [[nodiscard]] Backup must_back_up() const {
    auto made = back_up();
    EXPECT_TRUE(made.has_value()) << made.error().detail;
    return made ? *made : Backup();
  }
  [[nodiscard]] BackupFolder folder() const {
    return BackupFolder::open(backups(), BackupFolder::Access::read).value();
  }

  static std::vector<std::string> frames_of(const EventLog& log, Position end) {
    std::vector<std::string> frames;
    for (const auto& event : log.read({}, 100'000).events) {
      if (event.position <= end)
        frames.push_back(event.frame);
    }
    return frames;
  }
  static void flip(const std::filesystem::path& file, std::uint64_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const auto byte = static_cast<char>(stream.get() ^ 4);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(byte);
  }

  const TemporaryFolder scratch;
  std::unique_ptr<SubjectKeys> keys = make_memory_subject_keys();
  std::unique_ptr<RocksEventLog> log;
  Story story;
  const tlog::NoteSigner signer = transparency::make_log_signer("log.example", identity::SigningKey::generate());
};

}  // namespace gatehouse::testing
