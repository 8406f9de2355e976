#include "store/scrub.hpp"

#include <algorithm>
#include <utility>

#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>

#include "store/rocks_log_check.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t readahead_bytes = 1U << 20;

}  // namespace

Scrub::Scrub(std::shared_ptr<const RocksDatabase> database, const stored::LogHead& head, std::vector<ScrubFile> others)
    : database_(std::move(database)), end_(head.mark), files_(std::move(others)) {}

tl::expected<std::uint64_t, ScrubDamage> Scrub::read(std::uint64_t bytes) {
  if (mark_.position < end_.position)
    return read_log(bytes);
  if (!lists_files_)
    list_files();
  return files_.empty() ? 0 : read_file();
}

void Scrub::list_files() {
  lists_files_ = true;
  std::vector<rocksdb::LiveFileMetaData> files;
  database_->db->GetLiveFilesMetaData(&files);
  for (const auto& file : files)
    files_.push_back({file.column_family_name, file.db_path + file.name, file.size});
}

tl::expected<std::uint64_t, ScrubDamage> Scrub::read_log(std::uint64_t bytes) {
  const auto walked = walk_log_part(*database_, mark_, end_, bytes);
  if (!walked)
    return tl::unexpected(ScrubDamage{"log", walked.error()});
  mark_ = walked->mark;
  return walked->bytes;
}

// Opened for this alone: what the server has in its caches says nothing about the file.
tl::expected<std::uint64_t, ScrubDamage> Scrub::read_file() {
  const auto file = std::move(files_.back());
  files_.pop_back();
  rocksdb::BlockBasedTableOptions table;
  table.no_block_cache = true;
  rocksdb::Options options;
  options.env = database_->db->GetEnv();
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::ReadOptions reading;
  reading.readahead_size = readahead_bytes;
  rocksdb::SstFileReader reader(options);
  auto status = reader.Open(file.path);
  if (status.ok())
    status = reader.VerifyChecksum(reading);
  // Compacted into another one meanwhile, which was read when it was written.
  if (!status.ok() && options.env->FileExists(file.path).ok())
    return tl::unexpected(ScrubDamage{file.table, {OpenErrorKind::corrupt, {}, status.ToString()}});
  return std::max<std::uint64_t>(file.bytes, 1);  // 0 is the end of all
}

}  // namespace gatehouse
