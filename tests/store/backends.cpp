#include "store/memory_event_log.hpp"
#include "store/rocks_event_log.hpp"
#include "table/assert.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {

namespace {

std::shared_ptr<EventLog> make_rocks_log() {
  struct Holder {
    TemporaryFolder folder;
    std::unique_ptr<RocksEventLog> log;
  };
  auto holder = std::make_shared<Holder>();
  auto log = RocksEventLog::open(small_log(holder->folder.path()));
  GATEHOUSE_ASSERT(log.has_value());
  holder->log = std::move(*log);
  return {holder, holder->log.get()};
}

}  // namespace

OpenOptions small_log(const std::filesystem::path& data_dir) {
  OpenOptions options;
  options.data_dir = data_dir;
  options.block_cache_bytes = 4U << 20;
  options.row_cache_bytes = 256U << 10;  // about 1,400 short rows
  options.reserve = {.ballast_bytes = 1U << 16, .free_bytes_min = 1U << 20};
  return options;
}

std::vector<LogBackend> all_backends() {
  return {{"memory", [] { return std::make_shared<MemoryEventLog>(); }}, {"rocksdb", make_rocks_log}};
}

std::string backend_name(const ::testing::TestParamInfo<LogBackend>& info) { return info.param.name; }

}  // namespace gatehouse::testing
