#include "sealing/key_rows.hpp"

#include <memory>

#include "sealing/key_reserve.hpp"
#include "sealing/subject_keys.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t bytes_at_once = 1U << 20U;  // that are read and written
constexpr std::size_t rows_at_once = 10'000;      // that are compared
const rocksdb::Slice first_of_reserve(KeyReserve::first_row.data(), KeyReserve::first_row.size());
const rocksdb::Slice end_of_reserve(KeyReserve::end_of_rows.data(), KeyReserve::end_of_rows.size());

void require(const rocksdb::Status& status) {
  if (!status.ok())
    throw SubjectKeysFailure("the store of the subjects' keys fails: " + status.ToString());
}

}  // namespace

void KeyRows::copy_to(rocksdb::DB& copy) const {
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  std::string next;
  do {
    rocksdb::WriteBatch batch;
    next = read_some(next, batch);
    require(copy.Write(unlogged, &batch));
  } while (!next.empty());
  require(copy.Flush({}));
}

// From that row on. The row to go on with; empty after the last.
std::string KeyRows::read_some(const std::string& from, rocksdb::WriteBatch& batch) const {
  const std::lock_guard lock(reading_);
  const std::unique_ptr<rocksdb::Iterator> row(db_.NewIterator({}));
  for (row->Seek(from); row->Valid(); row->Next()) {
    if (row->key().compare(first_of_reserve) >= 0 && row->key().compare(end_of_reserve) < 0)
      continue;
    if (batch.GetDataSize() >= bytes_at_once)
      return row->key().ToString();
    require(batch.Put(row->key(), row->value()));
  }
  require(row->status());
  return {};
}

std::size_t KeyRows::count_lacking(rocksdb::DB& copy) const {
  std::size_t lacking = 0;
  const std::unique_ptr<rocksdb::Iterator> others(copy.NewIterator({}));
  for (others->Seek(end_of_reserve); others->Valid();)
    lacking += count_lacking_of_some(*others);
  require(others->status());
  return lacking;
}

// Both are in the same order.
std::size_t KeyRows::count_lacking_of_some(rocksdb::Iterator& others) const {
  const std::lock_guard lock(reading_);
  const std::unique_ptr<rocksdb::Iterator> own(db_.NewIterator({}));
  own->Seek(others.key());
  std::size_t lacking = 0;
  for (std::size_t rows = 0; others.Valid() && rows < rows_at_once; others.Next(), ++rows) {
    while (own->Valid() && own->key().compare(others.key()) < 0)
      own->Next();
    lacking += own->Valid() && own->key() == others.key() ? 0 : 1;
  }
  require(own->status());
  return lacking;
}

void KeyRows::let_files_go() const { const std::lock_guard until_nobody_reads(reading_); }

}  // namespace gatehouse
