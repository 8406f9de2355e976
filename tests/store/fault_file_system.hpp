// RocksDB's file system with a fault in it. Bytes reach the real file only when they are synced, so that a process which just ends leaves
// behind what a power cut would; files whose folder was not synced are listed beside the database and have to be removed before it is
// opened again.
#pragma once
#include <rocksdb/file_system.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "store/disk.hpp"
#include "tests/store/fault_plan.hpp"

namespace gatehouse::testing {

class FaultFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem(std::shared_ptr<FaultPlan> plan, std::filesystem::path unsynced_list);
  [[nodiscard]] const char* Name() const override { return "FaultFileSystem"; }

  using Options = rocksdb::IOOptions;
  using Context = rocksdb::IODebugContext;
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result, Context* context) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                        Context* context) override;
  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* result, Context* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const Options& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result, Context* context) override;
  rocksdb::IOStatus GetFileSize(const std::string& name, const Options& options, std::uint64_t* size,
                                Context* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const Options& options,
                               Context* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const Options& options, Context* context) override;

  // Called by the files and folders made here.
  [[nodiscard]] FaultPlan& plan() { return *plan_; }
  void keep_unsynced(const std::string& name, std::string bytes);
  void directory_synced();

 private:
  void write_through(const std::string& name);
  void note_name(const std::string& name, bool is_unsynced);
  void write_list() const;

  std::shared_ptr<FaultPlan> plan_;
  std::filesystem::path unsynced_list_;
  std::mutex mutex_;
  std::map<std::string, std::string> closed_unsynced_;
  std::set<std::string> unsynced_names_;
};

// What a power cut does to names.
void remove_unsynced_names(const std::filesystem::path& unsynced_list);

// The witness's disk with the same faults.
[[nodiscard]] std::shared_ptr<Disk> fault_disk(std::shared_ptr<FaultPlan> plan);

}  // namespace gatehouse::testing
