#include "bench/disk_baseline.hpp"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/latencies.hpp"

namespace gatehouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

// Not compressible, as frames are not very.
std::string random_bytes(std::size_t count) {
  std::mt19937_64 random(1);
  std::string bytes(count, '\0');
  for (auto& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::unique_ptr<rocksdb::DB> open_scratch(const std::filesystem::path& folder) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (const auto status = rocksdb::DB::Open(options, folder.string(), &opened); !status.ok()) {
    throw std::runtime_error("cannot open a scratch database: " + status.ToString());
  }
  return std::unique_ptr<rocksdb::DB>(opened);
}

Latencies write_synced(rocksdb::DB& database, std::uint64_t first_key, const std::string& record, Clock::time_point end) {
  rocksdb::WriteOptions options;
  options.sync = true;
  Latencies latencies;
  for (std::uint64_t key = first_key; Clock::now() < end; ++key) {
    const auto start = Clock::now();
    rocksdb::WriteBatch batch;
    batch.Put(std::to_string(key), record);
    if (!database.Write(options, &batch).ok()) throw std::runtime_error("a scratch database refused a write");
    latencies.add(Clock::now() - start);
  }
  return latencies;
}

}  // namespace

DiskBaseline::DiskBaseline(std::filesystem::path folder, std::size_t record_bytes, std::chrono::milliseconds duration)
    : folder_(std::move(folder)), record_bytes_(record_bytes), duration_(duration) {}

SyncRate DiskBaseline::raw(std::size_t group) const {
  const auto file = folder_ / "raw-baseline";
  const auto bytes = random_bytes(record_bytes_ * group);
  const int descriptor = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot make " + file.string());
  Latencies latencies;
  const auto start = Clock::now();
  while (Clock::now() - start < duration_) {
    const auto write_start = Clock::now();
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written != static_cast<ssize_t>(bytes.size()) || ::fdatasync(descriptor) != 0) {
      throw std::runtime_error("cannot write " + file.string());
    }
    latencies.add(Clock::now() - write_start);
  }
  const double seconds = seconds_since(start);
  ::close(descriptor);
  std::filesystem::remove(file);
  return {static_cast<double>(latencies.count() * group) / seconds, latencies.percentile_ms(50)};
}

SyncRate DiskBaseline::rocks_group_commit(std::size_t threads) const {
  const auto folder = folder_ / "rocksdb-baseline";
  std::filesystem::remove_all(folder);
  auto database = open_scratch(folder);
  const auto record = random_bytes(record_bytes_);
  const auto start = Clock::now();
  std::mutex mutex;
  Latencies all;
  {
    std::vector<std::jthread> writers;
    for (std::size_t writer = 0; writer < threads; ++writer) {
      writers.emplace_back([&, writer] {
        const auto own = write_synced(*database, (writer + 1) << 40U, record, start + duration_);
        const std::lock_guard lock(mutex);
        all.merge(own);
      });
    }
  }
  const double seconds = seconds_since(start);
  database.reset();
  std::filesystem::remove_all(folder);
  return {static_cast<double>(all.count()) / seconds, all.percentile_ms(50)};
}

}  // namespace gatehouse::bench
