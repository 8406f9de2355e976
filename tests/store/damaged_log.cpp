#include "tests/store/damaged_log.hpp"

#include <rocksdb/file_system.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "store/rocks_event_log.hpp"
#include "table/assert.hpp"
#include "tests/store/crash_processes.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/file_damage.hpp"

namespace gatehouse::testing {

namespace {

constexpr std::size_t wal_block_bytes = 32'768;
constexpr std::size_t wal_header_bytes = 7;

// Flushes hang from some point on, so that WAL files pile up as they do on a busy disk.
class SlowFlushes final : public rocksdb::FileSystemWrapper {
 public:
  SlowFlushes() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  [[nodiscard]] const char* Name() const override { return "SlowFlushes"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* context) override {
    if (hang_ && name.ends_with(".sst")) {
      std::unique_lock lock(mutex_);
      never_.wait(lock, [] { return false; });
    }
    return target()->NewWritableFile(name, options, result, context);
  }
  std::atomic<bool> hang_{};

 private:
  std::mutex mutex_;
  std::condition_variable never_;
};

std::vector<std::filesystem::path> files_ending(const std::filesystem::path& directory, std::string_view extension) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == extension && entry.file_size() > 0)
      found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

// Every event says its number; commit n leaves rows that say so too.
constexpr std::size_t text_bytes = 1'200;
std::string text(std::uint64_t number) {
  auto text = std::to_string(number) + ":";
  for (auto seed = number + 1; text.size() < text_bytes; seed = seed * 6364136223846793005U + 1442695040888963407U)
    text.push_back(static_cast<char>('!' + (seed >> 33) % 90));
  return text;
}

void append_numbered(EventLog& log, std::uint64_t last) {
  for (auto number = log.head().value + 1; number <= last; ++number) {
    DraftBuilder draft("acme", number - 1, number);
    draft.event(text(number)).row("last", std::to_string(number)).row("row" + std::to_string(number), "v").record(1);
    GATEHOUSE_ASSERT(append_one(log, draft).status == AppendStatus::appended);
  }
}

OpenOptions tight(const std::filesystem::path& data_dir) {
  auto options = small_log(data_dir);
  options.memtable_bytes = 64U << 10;
  return options;
}

std::string find_fault(const RocksEventLog& log, std::uint64_t acknowledged) {
  const auto head = log.head().value;
  if (head < acknowledged)
    return "opened with " + std::to_string(head) + " events of " + std::to_string(acknowledged);
  std::uint64_t number = 0;
  for (const auto& event : log.read({}, page_events_max).events) {
    if (text_of(event) != text(++number))
      return "event " + std::to_string(number) + " is another";
    if (!log.state()->get("row" + std::to_string(number)) || !log.find_command(numbered_uuid(number)))
      return "rows of commit " + std::to_string(number) + " are missing";
  }
  if (number != head || log.state()->get("last") != std::to_string(head))
    return "the head does not fit the events";
  return {};
}

}  // namespace

KilledLog::KilledLog(std::uint64_t flushed, std::uint64_t unflushed) : acknowledged_(flushed + unflushed) {
  const auto end = run_in_process([&] {
    play(flushed, unflushed);
    return 0;
  });
  GATEHOUSE_ASSERT(end.exit_code == 0);
}

void KilledLog::play(std::uint64_t flushed, std::uint64_t unflushed) const {
  auto options = tight(folder_.path());
  const auto disk = std::make_shared<SlowFlushes>();
  options.file_system = disk;
  if (flushed > 0)
    append_numbered(**RocksEventLog::open(options), flushed);  // and closed
  auto log = RocksEventLog::open(options);
  GATEHOUSE_ASSERT(log.has_value());
  disk->hang_ = true;
  append_numbered(**log, flushed + unflushed);
  static_cast<void>(log->release());
}

OpenOptions KilledLog::fresh_copy() const {
  const auto copy = folder_.path().parent_path() / (folder_.path().filename().string() + "_copy");
  std::filesystem::remove_all(copy);
  std::filesystem::copy(folder_.path(), copy, std::filesystem::copy_options::recursive);
  return tight(copy);
}

std::vector<std::filesystem::path> wal_files(const std::filesystem::path& data_dir) {
  return files_ending(data_dir / "db", ".log");
}

std::vector<std::filesystem::path> table_files(const std::filesystem::path& data_dir) {
  return files_ending(data_dir / "db", ".sst");
}

std::vector<std::uint64_t> record_ends(const std::filesystem::path& wal) {
  const auto bytes = read_whole(wal);
  std::vector<std::uint64_t> ends;
  for (std::size_t at = 0; at + wal_header_bytes <= bytes.size();) {
    const auto left = wal_block_bytes - at % wal_block_bytes;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 4])) +
                        (static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 5])) << 8);
    const int type = bytes[at + 6];
    if (left < wal_header_bytes || type == 0) {
      at += left;
      continue;
    }
    at += wal_header_bytes + length;
    constexpr int full = 1, last = 4;
    if (type == full || type == last)
      ends.push_back(at);
  }
  return ends;
}

Judgement judge(const OpenOptions& options, std::uint64_t acknowledged) {
  const auto log = RocksEventLog::open(options);
  if (log)
    return {true, find_fault(**log, acknowledged), {}};
  const auto& error = log.error();
  const bool is_placed = error.position.value >= 1 && error.position.value <= acknowledged + 1;
  return {false, is_placed ? std::string() : "refused without a place: " + to_text(error), to_text(error)};
}

}  // namespace gatehouse::testing
