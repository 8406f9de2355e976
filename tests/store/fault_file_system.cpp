#include "tests/store/fault_file_system.hpp"

#include <fstream>

namespace gatehouse::testing {

namespace {

using rocksdb::IOStatus;
using rocksdb::Slice;
using Operation = FaultPlan::Operation;
using Verdict = FaultPlan::Verdict;

IOStatus failure(Verdict verdict) {
  return verdict == Verdict::fail_no_space ? IOStatus::NoSpace("injected") : IOStatus::IOError("injected");
}

class FaultFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::string name, FaultFileSystem& system)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), system_(system) {}

  IOStatus Append(const Slice& data, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    const auto verdict = system_.plan().next(Operation::grow);
    if (verdict == Verdict::fail_with_half)
      put(unsynced_ + std::string(data.data(), data.size() / 2));
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect) {
      unsynced_.append(data.data(), data.size());
      size_ += data.size();
    }
    return verdict == Verdict::go ? IOStatus::OK() : failure(verdict);
  }
  IOStatus Append(const Slice& data, const rocksdb::IOOptions& options, const rocksdb::DataVerificationInfo&,
                  rocksdb::IODebugContext* context) override {
    return Append(data, options, context);
  }

  IOStatus Sync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    const auto verdict = system_.plan().next(Operation::sync);
    if (verdict == Verdict::fail_with_half)
      put(unsynced_.substr(0, unsynced_.size() / 2));
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect)
      put(std::exchange(unsynced_, {}));
    return verdict == Verdict::go ? IOStatus::OK() : failure(verdict);
  }
  IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    return Sync(options, context);
  }

  IOStatus Close(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    if (!unsynced_.empty())
      system_.keep_unsynced(name_, std::exchange(unsynced_, {}));
    return target()->Close(options, context);
  }

  IOStatus Flush(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override { return IOStatus::OK(); }
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Truncate(std::uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return IOStatus::OK();
  }
  std::uint64_t GetFileSize(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override { return size_; }
  void PrepareWrite(std::size_t, std::size_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {}
  bool IsSyncThreadSafe() const override { return false; }

 private:
  void put(const std::string& bytes) {
    if (!bytes.empty())
      static_cast<void>(target()->Append(bytes, rocksdb::IOOptions(), nullptr));
  }

  std::string name_;
  FaultFileSystem& system_;
  std::string unsynced_;
  std::uint64_t size_{};
};

class FaultDirectory final : public rocksdb::FSDirectory {
 public:
  explicit FaultDirectory(FaultFileSystem& system) : system_(system) {}
  IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    const auto verdict = system_.plan().next(Operation::sync);
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect)
      system_.directory_synced();
    return verdict == Verdict::go ? IOStatus::OK() : failure(verdict);
  }
  IOStatus Close(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override { return IOStatus::OK(); }

 private:
  FaultFileSystem& system_;
};

}  // namespace

FaultFileSystem::FaultFileSystem(std::shared_ptr<FaultPlan> plan, std::filesystem::path unsynced_list)
    : FileSystemWrapper(rocksdb::FileSystem::Default()), plan_(std::move(plan)),
      unsynced_list_(std::move(unsynced_list)) {}

IOStatus FaultFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* result, Context* context) {
  const auto verdict = plan_->next(Operation::grow);
  if (verdict != Verdict::go)
    return failure(verdict);
  std::unique_ptr<rocksdb::FSWritableFile> file;
  auto status = target()->NewWritableFile(name, options, &file, context);
  if (!status.ok())
    return status;
  note_name(name, true);
  *result = std::make_unique<FaultFile>(std::move(file), name, *this);
  return status;
}

IOStatus FaultFileSystem::NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                              std::unique_ptr<rocksdb::FSRandomAccessFile>* result, Context* context) {
  write_through(name);
  return target()->NewRandomAccessFile(name, options, result, context);
}

IOStatus FaultFileSystem::NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                            std::unique_ptr<rocksdb::FSSequentialFile>* result, Context* context) {
  write_through(name);
  return target()->NewSequentialFile(name, options, result, context);
}

IOStatus FaultFileSystem::NewDirectory(const std::string&, const Options&,
                                       std::unique_ptr<rocksdb::FSDirectory>* result, Context*) {
  *result = std::make_unique<FaultDirectory>(*this);
  return IOStatus::OK();
}

IOStatus FaultFileSystem::GetFileSize(const std::string& name, const Options& options, std::uint64_t* size,
                                      Context* context) {
  write_through(name);
  return target()->GetFileSize(name, options, size, context);
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to, const Options& options,
                                     Context* context) {
  // A local file system that refuses a rename has not done it.
  const auto verdict = plan_->next(Operation::name);
  if (verdict != Verdict::go)
    return failure(verdict);
  write_through(from);
  auto status = target()->RenameFile(from, to, options, context);
  directory_synced();  // a journal keeps the order of names: with this one come all before it
  return status;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& name, const Options& options, Context* context) {
  const auto verdict = plan_->next(Operation::name);
  if (verdict != Verdict::go && verdict != Verdict::fail_with_effect)
    return failure(verdict);
  note_name(name, false);
  const auto status = target()->DeleteFile(name, options, context);
  return verdict == Verdict::go ? status : failure(verdict);
}

void FaultFileSystem::keep_unsynced(const std::string& name, std::string bytes) {
  const std::lock_guard lock(mutex_);
  closed_unsynced_[name] = std::move(bytes);
}

// A file that was closed and is read again: its bytes are taken for written.
void FaultFileSystem::write_through(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = closed_unsynced_.find(name);
  if (found == closed_unsynced_.end())
    return;
  std::ofstream(name, std::ios::binary | std::ios::app) << found->second;
  closed_unsynced_.erase(found);
}

void FaultFileSystem::note_name(const std::string& name, bool is_unsynced) {
  const std::lock_guard lock(mutex_);
  if (is_unsynced)
    unsynced_names_.insert(name);
  else if (unsynced_names_.erase(name) == 0)
    return;
  write_list();
}

void FaultFileSystem::directory_synced() {
  const std::lock_guard lock(mutex_);
  if (unsynced_names_.empty())
    return;
  unsynced_names_.clear();
  write_list();
}

void FaultFileSystem::write_list() const {
  std::ofstream list(unsynced_list_, std::ios::trunc);
  for (const auto& name : unsynced_names_)
    list << name << '\n';
}

void remove_unsynced_names(const std::filesystem::path& unsynced_list) {
  std::ifstream list(unsynced_list);
  for (std::string name; std::getline(list, name);)
    std::filesystem::remove(name);
  list.close();
  std::filesystem::remove(unsynced_list);
}

}  // namespace gatehouse::testing
