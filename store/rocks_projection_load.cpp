#include <rocksdb/sst_file_writer.h>

#include <filesystem>

#include "store/rocks_projection_store.hpp"
#include "store/rocks_projection_table.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t file_bytes_max = 64U << 20;

// Writes sorted rows into table files beside the database, each of a bounded size.
class TableFiles {
 public:
  TableFiles(const RocksDatabase& database, const RocksFamily& family, std::filesystem::path stem)
      : options_(database.db->GetOptions(family.handle())), family_(family), stem_(std::move(stem)) {}

  void add(std::string_view key, std::string_view value) {
    if (!status_.ok())
      return;
    if (writer_ && writer_->FileSize() >= file_bytes_max)
      finish();
    if (!writer_ && status_.ok())
      begin();
    if (status_.ok())
      status_ = writer_->Put(as_slice(key), as_slice(value));
  }

  void finish() {
    if (writer_ && status_.ok())
      status_ = writer_->Finish();
    writer_.reset();
  }

  [[nodiscard]] rocksdb::Status ingest() {
    finish();
    if (!status_.ok())
      return status_;
    rocksdb::IngestExternalFileOptions ingest;
    ingest.move_files = true;
    ingest.write_global_seqno = false;
    return family_.db().IngestExternalFile(family_.handle(), files_, ingest);
  }

 private:
  void begin() {
    files_.push_back(stem_.string() + "." + std::to_string(files_.size()) + ".sst");
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options_, family_.handle());
    status_ = writer_->Open(files_.back());
  }

  rocksdb::Options options_;
  const RocksFamily& family_;
  std::filesystem::path stem_;
  std::vector<std::string> files_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  rocksdb::Status status_;
};

}  // namespace

ProjectionStore::Outcome RocksProjectionStore::load(ProjectionTable& table, Position checkpoint,
                                                    const std::function<void(const RowSink&)>& produce) {
  if (auto refused = writable(); !refused)
    return refused;
  auto& target = dynamic_cast<RocksProjectionTable&>(table);
  // RocksDB orders ingested rows rightly only in a family that has seen no other write.
  GATEHOUSE_ASSERT(target.snapshot()->checkpoint() == Position{} && !target.has_bulk_rows);
  const auto directory = std::filesystem::path(database_->db->GetName()).parent_path() / "load";
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  TableFiles files(*database_, target.family(), directory / target.family().name());
  files.add(checkpoint_key, stored::encode(checkpoint));
  produce([&](std::string_view key, std::string_view value) {
    GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0');
    files.add(key, value);
  });
  auto done = outcome(files.ingest());
  if (done)
    target.publish(database_->snapshot());
  return done;
}

}  // namespace gatehouse
