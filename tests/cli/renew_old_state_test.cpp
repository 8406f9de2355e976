#include "cli/renew_old_state.hpp"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/rows.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

struct RenewOldState : ::testing::Test {
  void start(std::uint64_t free_bytes_min) {
    configuration.data = folder.path().string();
    configuration.free_bytes_min = free_bytes_min;
    OpenOptions options;
    options.data_dir = configuration.data;
    options.reserve = {.ballast_bytes = 0, .free_bytes_min = free_bytes_min};
    log = RocksEventLog::open(options).value();
    const api::StructuredLog lines(
        std::make_shared<spdlog::logger>("none", std::make_shared<spdlog::sinks::null_sink_mt>()),
        api::StructuredLog::Format::text);
    renew_old_state(*log, configuration, lines);
  }
  const gatehouse::testing::TemporaryFolder folder;
  Configuration configuration;
  std::unique_ptr<RocksEventLog> log;
};

TEST_F(RenewOldState, writes_the_version_of_a_new_logs_rows) {
  start(0);
  EXPECT_EQ(log->state_version(), state_rows_version);
}

TEST_F(RenewOldState, says_of_a_disk_that_is_too_small_what_it_lacks) {
  constexpr std::uint64_t more_than_any_disk = 1ULL << 60;
  try {
    start(more_than_any_disk);
    FAIL() << "it was written";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("too little room on the disk of " + folder.path().string()));
    EXPECT_THAT(error.what(), HasSubstr("disk.free_bytes_min"));
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(more_than_any_disk)));
  }
}

}  // namespace
}  // namespace gatehouse::cli
