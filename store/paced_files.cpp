#include "store/paced_files.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>

namespace gatehouse {

namespace {

using rocksdb::IOStatus;
using rocksdb::Slice;
using Options = rocksdb::IOOptions;
using Context = rocksdb::IODebugContext;

class Pacer {
 public:
  explicit Pacer(const WritePace& pace) : pace_(pace) {}

  void log_synced() { last_sync_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed); }
  // How much may be written until it is handed over to the disk.
  [[nodiscard]] std::size_t piece_bytes() const {
    return log_is_in_use() ? pace_.piece_bytes : pace_.piece_bytes_alone;
  }
  void give_way() const {
    if (log_is_in_use())
      std::this_thread::sleep_for(pace_.pause);
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool log_is_in_use() const {
    const auto last = last_sync_.load(std::memory_order_relaxed);
    return last != 0 && Clock::now() - Clock::time_point(Clock::duration(last)) < pace_.in_use;
  }

  WritePace pace_;
  std::atomic<Clock::rep> last_sync_{};  // 0: none yet
};

class LogFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  LogFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::shared_ptr<Pacer> pacer)
      : FSWritableFileOwnerWrapper(std::move(file)), pacer_(std::move(pacer)) {}

  IOStatus Sync(const Options& options, Context* context) override {
    pacer_->log_synced();
    return target()->Sync(options, context);
  }

 private:
  std::shared_ptr<Pacer> pacer_;
};

class PacedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  PacedFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::shared_ptr<const Pacer> pacer)
      : FSWritableFileOwnerWrapper(std::move(file)), pacer_(std::move(pacer)) {}

  IOStatus Append(const Slice& data, const Options& options, Context* context) override {
    IOStatus status;
    for (Slice rest = data; status.ok() && !rest.empty();) {
      const std::uint64_t piece_bytes = pacer_->piece_bytes();
      if (pending() >= piece_bytes) {
        status = hand_over(options, context);
        continue;
      }
      const Slice piece(rest.data(), std::min<std::uint64_t>(rest.size(), piece_bytes - pending()));
      rest.remove_prefix(piece.size());
      status = target()->Append(piece, options, context);
      written_ += piece.size();
    }
    return status;
  }
  // What it tells of the data as a whole holds for no piece of it; the operating system's files do not look at it.
  IOStatus Append(const Slice& data, const Options& options, const rocksdb::DataVerificationInfo&,
                  Context* context) override {
    return Append(data, options, context);
  }

 private:
  [[nodiscard]] std::uint64_t pending() const { return written_ - handed_over_; }

  IOStatus hand_over(const Options& options, Context* context) {
    auto status = target()->RangeSync(handed_over_, pending(), options, context);
    handed_over_ = written_;
    pacer_->give_way();
    return status;
  }

  std::shared_ptr<const Pacer> pacer_;
  std::uint64_t written_{}, handed_over_{};
};

class PacedFiles final : public rocksdb::FileSystemWrapper {
 public:
  PacedFiles(std::shared_ptr<rocksdb::FileSystem> files, const std::filesystem::path& log_folder, const WritePace& pace)
      : FileSystemWrapper(std::move(files)), log_folder_(log_folder), pacer_(std::make_shared<Pacer>(pace)) {}
  [[nodiscard]] const char* Name() const override { return "gatehouse.paced_files"; }

  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result, Context* context) override {
    const std::filesystem::path path(name);
    const bool is_of_log = path.parent_path() == log_folder_;
    if (is_of_log && path.extension() == ".log")
      return open<LogFile>(name, options, *result, context);
    // Commands wait for what else RocksDB writes there, which is small: its list of files, the settings.
    if (is_of_log && path.extension() != ".sst")
      return target()->NewWritableFile(name, options, result, context);
    auto in_turn = options;
    in_turn.strict_bytes_per_sync = true;  // a piece is handed over when the one before it is on the disk
    return open<PacedFile>(name, in_turn, *result, context);
  }

 private:
  template <class File>
  IOStatus open(const std::string& name, const rocksdb::FileOptions& options,
                std::unique_ptr<rocksdb::FSWritableFile>& result, Context* context) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    auto status = target()->NewWritableFile(name, options, &file, context);
    if (status.ok())
      result = std::make_unique<File>(std::move(file), pacer_);
    return status;
  }

  std::filesystem::path log_folder_;
  std::shared_ptr<Pacer> pacer_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> paced_files(std::shared_ptr<rocksdb::FileSystem> files,
                                                 const std::filesystem::path& log_folder, const WritePace& pace) {
  return std::make_shared<PacedFiles>(std::move(files), log_folder, pace);
}

}  // namespace gatehouse
