// The rows of a store of the subjects' keys, for copies of it: read a part at a time, because whoever reads holds the files that an erasure has taken out of use, and the key in them.
//
// Threads: any.
#pragma once
#include <cstddef>
#include <mutex>
#include <string>

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

namespace gatehouse {

class KeyRows {
 public:
  explicit KeyRows(rocksdb::DB& db) : db_(db) {}

  // Without the reserve, and not as of one moment: what is destroyed meanwhile may be in the copy, which is therefore made again after every destruction.
  void copy_to(rocksdb::DB& copy) const;
  // Of the rows of a copy, in whose store nothing is written, those that are not there.
  [[nodiscard]] std::size_t count_lacking(rocksdb::DB& copy) const;
  // When it returns, no file is held that was taken out of use before.
  void let_files_go() const;

 private:
  [[nodiscard]] std::string read_some(const std::string& from, rocksdb::WriteBatch& batch) const;
  [[nodiscard]] std::size_t count_lacking_of_some(rocksdb::Iterator& others) const;

  rocksdb::DB& db_;
  mutable std::mutex reading_;
};

}  // namespace gatehouse
