// Work that may wait leaves the processors to what cannot.
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "store/rocks_database.hpp"
#include "store/rocks_event_log.hpp"
#include "tests/store/drafts.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

// The nice values of this process's threads of that name.
std::vector<int> nice_values_of(const std::string& name) {
  std::vector<int> values;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string found;
    std::getline(std::ifstream(thread.path() / "comm"), found);
    if (found == name)
      values.push_back(::getpriority(PRIO_PROCESS, static_cast<id_t>(std::stoul(thread.path().filename()))));
  }
  return values;
}

TEST(BackgroundPriority, is_that_of_compactions_and_not_of_flushes) {
  const TemporaryFolder folder;
  const auto log = RocksEventLog::open(small_log(folder.path()));
  ASSERT_TRUE(log);
  for (const std::uint64_t events : {20U, 40U}) {
    append_until(**log, events);
    ASSERT_TRUE((*log)->database().flush().ok());
  }
  ASSERT_TRUE((*log)->database().db->CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr).ok());
  EXPECT_GT(std::ranges::max(nice_values_of("rocksdb:low")), 0);
  EXPECT_EQ(std::ranges::max(nice_values_of("rocksdb:high")), 0);
}

}  // namespace
}  // namespace gatehouse::testing
