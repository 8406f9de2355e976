#include "store/paced_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse {

namespace {

using rocksdb::IOStatus;
using rocksdb::Slice;

constexpr std::size_t small_piece = 1'000, large_piece = 4'000;

// What reaches the files below.
struct Written {
  std::vector<std::size_t> appended;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> handed_over;  // offset and bytes
  bool is_strict = false;
};

class WatchedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WatchedFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, Written& written)
      : FSWritableFileOwnerWrapper(std::move(file)), written_(written) {}
  IOStatus Append(const Slice& data, const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    written_.appended.push_back(data.size());
    return target()->Append(data, options, context);
  }
  IOStatus RangeSync(std::uint64_t offset, std::uint64_t bytes, const rocksdb::IOOptions& options,
                     rocksdb::IODebugContext* context) override {
    written_.handed_over.emplace_back(offset, bytes);
    return target()->RangeSync(offset, bytes, options, context);
  }

 private:
  Written& written_;
};

class WatchedFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit WatchedFiles(Written& written) : FileSystemWrapper(rocksdb::FileSystem::Default()), written_(written) {}
  [[nodiscard]] const char* Name() const override { return "WatchedFiles"; }
  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    auto status = target()->NewWritableFile(name, options, &file, context);
    written_.is_strict = options.strict_bytes_per_sync;
    *result = std::make_unique<WatchedFile>(std::move(file), written_);
    return status;
  }

 private:
  Written& written_;
};

class PacedFilesTest : public ::testing::Test {
 protected:
  using File = std::unique_ptr<rocksdb::FSWritableFile>;

  PacedFilesTest() {
    std::filesystem::create_directory(folder_.path() / "db");
    std::filesystem::create_directory(folder_.path() / "backup");
    files_ = paced_files(std::make_shared<WatchedFiles>(written_), folder_.path() / "db", pace_);
  }

  File create(const std::string& name) {
    File file;
    EXPECT_TRUE(files_->NewWritableFile((folder_.path() / name).string(), rocksdb::FileOptions(), &file, nullptr).ok());
    return file;
  }
  static void append(const File& file, const std::string& bytes) {
    EXPECT_TRUE(file->Append(bytes, rocksdb::IOOptions(), nullptr).ok());
  }
  void use_log() {
    const auto log = create("db/000001.log");
    append(log, "event");
    EXPECT_TRUE(log->Sync(rocksdb::IOOptions(), nullptr).ok());
    written_ = {};
  }

  testing::TemporaryFolder folder_;
  WritePace pace_{.in_use = std::chrono::hours(1),
                  .piece_bytes = small_piece,
                  .pause = std::chrono::milliseconds(5),
                  .piece_bytes_alone = large_piece};
  Written written_;
  std::shared_ptr<rocksdb::FileSystem> files_;
};

TEST_F(PacedFilesTest, write_small_pieces_with_pauses_while_the_log_is_in_use) {
  use_log();
  const auto table = create("db/000002.sst");
  EXPECT_TRUE(written_.is_strict);
  const auto began = std::chrono::steady_clock::now();
  append(table, std::string(700, 'a'));
  append(table, std::string(2'500, 'b'));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 3 * pace_.pause);
  EXPECT_EQ(written_.appended, (std::vector<std::size_t>{700, 300, 1'000, 1'000, 200}));
  EXPECT_EQ(written_.handed_over, (decltype(written_.handed_over){{0, 1'000}, {1'000, 1'000}, {2'000, 1'000}}));
}

TEST_F(PacedFilesTest, write_every_byte_in_order) {
  use_log();
  std::string expected;
  const auto table = create("db/000002.sst");
  for (std::size_t bytes : {1U, 999U, 1'000U, 1'001U, 0U, 3'333U}) {
    std::string part;
    for (std::size_t index = 0; index < bytes; ++index)
      part.push_back(static_cast<char>('a' + (expected.size() + index) % 26));
    append(table, part);
    expected += part;
  }
  EXPECT_TRUE(table->Close(rocksdb::IOOptions(), nullptr).ok());
  std::ifstream stream(folder_.path() / "db/000002.sst", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), expected);
}

TEST_F(PacedFilesTest, write_large_pieces_while_the_log_is_not_in_use) {
  const auto table = create("db/000002.sst");
  append(table, std::string(9'000, 'a'));
  EXPECT_EQ(written_.appended, (std::vector<std::size_t>{4'000, 4'000, 1'000}));
}

TEST_F(PacedFilesTest, hand_over_what_lies_there_when_the_log_comes_into_use) {
  const auto table = create("db/000002.sst");
  append(table, std::string(3'000, 'a'));
  EXPECT_TRUE(written_.handed_over.empty());
  use_log();
  append(table, std::string(10, 'b'));
  EXPECT_EQ(written_.handed_over, (decltype(written_.handed_over){{0, 3'000}}));
}

TEST_F(PacedFilesTest, write_as_it_comes_what_commands_wait_for) {
  for (const auto* name : {"db/000003.log", "db/MANIFEST-000004", "db/OPTIONS-000005.dbtmp"}) {
    use_log();
    append(create(name), std::string(5'000, 'a'));
    EXPECT_EQ(written_.appended, (std::vector<std::size_t>{5'000})) << name;
  }
}

TEST_F(PacedFilesTest, take_a_copy_of_the_log_for_a_copy) {
  const auto copy = create("backup/000001.log");
  EXPECT_TRUE(copy->Sync(rocksdb::IOOptions(), nullptr).ok());
  append(copy, std::string(5'000, 'a'));
  EXPECT_EQ(written_.appended, (std::vector<std::size_t>{4'000, 1'000}));
}

}  // namespace

}  // namespace gatehouse
