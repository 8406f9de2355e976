// RocksDB's own text log, in the file LOG of its folder: warnings and errors. RocksDB's logger asserts that no write to it ever fails, and ends the process when the disk
// is full; this one does without what it cannot write.
#pragma once
#include <memory>
#include <string>

namespace rocksdb {
class Logger;
}

namespace gatehouse {

// The file of the last start stays as LOG.old. Any thread.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> make_lenient_logger(const std::string& folder);
// For who only reads beside others: writes nothing.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> make_silent_logger();

}  // namespace gatehouse
