// Data that is damaged or has lost its tail: the server does not start, says where, and what to type next. The store's own tests damage every kind of
// file at every kind of place; here are the program's words and its exit code.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "tests/faults/workload.hpp"
#include "tests/store/file_damage.hpp"

namespace gatehouse::faults {
namespace {

namespace fs = std::filesystem;

class RefusedStart : public ::testing::Test {
 protected:
  // `flushed`: into tables; otherwise the newest commands are in the write-ahead log alone.
  void write(bool flushed) {
    server_.start();
    work_.begin(server_);
    if (flushed) {
      ASSERT_EQ(server_.stop(), 0) << server_.output();
      server_.start();
    }
    for (int count = 0; count < 10; ++count)
      ASSERT_EQ(work_.one(server_).answer.status, 200U);
    server_.kill();
  }
  [[nodiscard]] std::vector<fs::path> files(std::string_view extension) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(server_.data() / "db")) {
      if (entry.path().extension() == extension && entry.file_size() > 0)
        found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
  }
  // Of everything but RocksDB's notes for people.
  [[nodiscard]] std::map<std::string, std::string> bytes_of_database() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(server_.data() / "db")) {
      std::ifstream file(entry.path(), std::ios::binary);
      if (!entry.path().filename().string().starts_with("LOG"))
        found[entry.path().filename()].assign(std::istreambuf_iterator<char>(file), {});
    }
    return found;
  }
  void expect_refused(const std::string& why) {
    const auto refused =
        system_test::run_gatehouse({"serve", "--data", server_.data().string(), "--listen", "127.0.0.1:0"});
    EXPECT_EQ(refused.exit_code, 2) << refused.output;
    EXPECT_NE(refused.output.find(why), std::string::npos) << refused.output;
    EXPECT_NE(refused.output.find("gatehouse restore --from"), std::string::npos) << refused.output;
  }

  system_test::ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data"};
  Workload work_{1};
};

TEST_F(RefusedStart, NamesThePositionOfALogWhoseTailIsGone) {
  write(false);
  fs::copy(server_.data(), folder_.path() / "before", fs::copy_options::recursive);
  server_.start();
  ASSERT_EQ(work_.one(server_).answer.status, 200U);
  server_.kill();
  // The database of before that command, the witness of after: as a log that is cut at the end of a record.
  fs::remove_all(server_.data() / "db");
  fs::copy(folder_.path() / "before" / "db", server_.data() / "db", fs::copy_options::recursive);
  const auto before = bytes_of_database();
  expect_refused("acknowledged events are missing at position ");
  EXPECT_TRUE(bytes_of_database() == before) << "what is left of the log is evidence";
}

TEST_F(RefusedStart, LeavesAWriteAheadLogThatIsCutAsItIs) {
  write(false);
  const auto logs = files(".log");
  ASSERT_FALSE(logs.empty());
  fs::resize_file(logs.back(), fs::file_size(logs.back()) / 2);  // the very end may be no command's
  const auto before = bytes_of_database();
  expect_refused("acknowledged events are missing at position ");
  EXPECT_TRUE(bytes_of_database() == before);
}

TEST_F(RefusedStart, IsWhatABitOfTheWriteAheadLogComesTo) {
  write(false);
  const auto logs = files(".log");
  ASSERT_FALSE(logs.empty());
  gatehouse::testing::flip_bit(logs.back(), 8 * 500);
  expect_refused(" at position ");
}

TEST_F(RefusedStart, IsWhatATruncatedTableComesTo) {
  write(true);
  const auto tables = files(".sst");
  ASSERT_FALSE(tables.empty());
  // All, because one of them may be what is left of a read model that was being made: nobody misses that.
  for (const auto& table : tables)
    fs::resize_file(table, fs::file_size(table) / 2);
  expect_refused("the files are damaged");
}

TEST_F(RefusedStart, IsWhatAMissingWitnessComesTo) {
  write(false);
  fs::remove(server_.data() / "witness");
  const auto before = bytes_of_database();
  expect_refused("the witness file is missing");
  EXPECT_TRUE(bytes_of_database() == before);
}

}  // namespace
}  // namespace gatehouse::faults
