#include "bench/open_log.hpp"

#include <stdexcept>

namespace gatehouse::bench {

std::unique_ptr<RocksEventLog> open_log(const std::filesystem::path& data) {
  OpenOptions options;
  options.data_dir = data;
  auto log = RocksEventLog::open(options);
  if (!log) throw std::runtime_error(to_text(log.error()));
  return std::move(*log);
}

}  // namespace gatehouse::bench
