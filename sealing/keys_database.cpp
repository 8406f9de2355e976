#include "sealing/keys_database.hpp"

#include <filesystem>
#include <system_error>

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include "store/lenient_logger.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t file_bytes = 8U << 20U;  // so that destroying one key writes little anew
constexpr double filter_bits = 10;
constexpr double memtable_filter_share = 0.05;  // of its size

// After a full disk RocksDB would go on by itself, and fail an assertion over the log file that it could not write.
class StayFailed final : public rocksdb::EventListener {
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::Options options_of(bool make) {
  rocksdb::Options options;
  options.listeners.push_back(std::make_shared<StayFailed>());
  options.create_if_missing = make;
  options.compression = rocksdb::kNoCompression;  // keys are random
  options.write_buffer_size = file_bytes;
  options.target_file_size_base = file_bytes;
  options.max_background_jobs = 2;
  // Whether somebody has a key is asked before he gets one.
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = memtable_filter_share;
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(filter_bits));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

tl::expected<std::unique_ptr<rocksdb::DB>, SubjectKeysError> open_keys_database(const std::string& folder,
                                                                                KeysAccess access) {
  std::error_code failure;
  if (access == KeysAccess::make) {
    std::filesystem::create_directories(folder, failure);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
  }
  rocksdb::DB* db = nullptr;
  auto options = options_of(access == KeysAccess::make);
  options.info_log = access == KeysAccess::read ? make_silent_logger() : make_lenient_logger(folder);
  const auto status = access == KeysAccess::read ? rocksdb::DB::OpenForReadOnly(options, folder, &db)
                                                 : rocksdb::DB::Open(options, folder, &db);
  if (!status.ok())
    return tl::unexpected(SubjectKeysError{"the store of the subjects' keys in " + folder + ": " + status.ToString()});
  return std::unique_ptr<rocksdb::DB>(db);
}

}  // namespace gatehouse
