// Keys that are on disk before anybody needs them. A new person's key is one of these, so that his first event waits for no sync but the log's: that
// the key is now his is written without one. Should the power go before that reaches the disk, the key is still in the reserve, and the person's own
// sealed text proves which one it is. Guarded by whoever owns it; docs/decisions/0016.
//
// Its rows in the store of the keys: `r` number -> 64 bytes of key; `p` -> the log's position up to which every key that was taken is certainly its
// person's; `q` number -> nothing, the marks: from 1 on, one at least in each of the store's files, so that one which is missing tells of a file that is.
#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/envelope.hpp"
#include "sealing/seal.hpp"
#include "sealing/subject_keys.hpp"

namespace rocksdb {
class DB;
class WriteBatch;
}  // namespace rocksdb

namespace gatehouse {

// What the store has of a key, 64 bytes; nothing where they are something else.
[[nodiscard]] std::string pack_key(const SubjectKey& key);
[[nodiscard]] std::optional<SubjectKey> unpack_key(std::string_view bytes);

class KeyReserve {
 public:
  static constexpr std::size_t full = 2'048;
  static constexpr std::size_t low = full / 2;
  // So that few events have to be looked through after the power went.
  static constexpr std::uint64_t events_max = 16'384;
  // Rows of the store that are its own, and in no copy of it: every key here may become anybody's.
  static constexpr std::string_view first_row = "p";
  static constexpr std::string_view end_of_rows = "s";

  // What is on disk of it. Throws SubjectKeysFailure.
  explicit KeyReserve(rocksdb::DB& db);

  // Random, where none is left.
  [[nodiscard]] SubjectKey take();
  // Whether to fill it before more is taken: it has become low, or the log has grown.
  [[nodiscard]] bool wants_filling(Position head) const;

  // Whether they were all taken from here since it was filled. What else there is has to be synced before it is needed.
  [[nodiscard]] bool has_on_disk(const NewKeys& keys) const;
  // Into the batch, which is to be synced: that what was taken is gone, and as many keys as it may have. What is assigned from now on is needed by
  // events after `head` alone.
  void fill(Position head, rocksdb::WriteBatch& batch);
  // Into the batch: that nothing is left of it, so that whoever has an older copy of the files has no key of anybody who comes later.
  void empty(rocksdb::WriteBatch& batch);
  // Into the batch: that it is not here, taken or not.
  void remove(const SubjectKey& key, rocksdb::WriteBatch& batch);

  // Into the batch, which is the last one of a file: another mark.
  void mark(rocksdb::WriteBatch& batch);
  // Whether a mark is missing; until the reserve is filled.
  [[nodiscard]] bool lacks_marks() const { return lacks_marks_; }

  // Nothing while it was never filled.
  [[nodiscard]] std::optional<Position> assigned_until() const { return assigned_until_; }
  // The key that opens the text, of those that nobody has taken.
  [[nodiscard]] std::optional<SubjectKey> find(const SubjectName& name, std::string_view sealed) const;
  // One that was found counts as taken from now on.
  void note_taken(const SubjectKey& key);

 private:
  struct Spare {
    std::uint64_t number{};
    SubjectKey key;
  };

  std::deque<Spare> spares_;                         // in the order in which they are taken
  std::map<identity::Sha256, std::uint64_t> taken_;  // by the encrypting half; their rows stay until it is filled
  std::uint64_t next_number_ = 1;
  std::uint64_t last_mark_ = 0;
  bool lacks_marks_ = false;
  std::optional<Position> assigned_until_;
};

}  // namespace gatehouse
