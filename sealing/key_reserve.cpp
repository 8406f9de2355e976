#include "sealing/key_reserve.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <memory>
#include <type_traits>
#include <vector>

#include "identity/secure_random.hpp"
#include "table/assert.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t half = 32;
constexpr std::size_t numbered_bytes = 1 + sizeof(std::uint64_t);
constexpr char spare_tag = 'r';
constexpr char assigned_tag = 'p';
const std::string assigned_row(1, assigned_tag);

constexpr char mark_tag = 'q';

std::string row_of(std::uint64_t number) { return Key(spare_tag).number(number).take(); }
std::string mark_of(std::uint64_t number) { return Key(mark_tag).number(number).take(); }

// In one call: each costs more than its bytes.
std::vector<SubjectKey> random_keys(std::size_t count) {
  static_assert(sizeof(SubjectKey) == 2 * half && std::is_trivially_copyable_v<SubjectKey>);
  std::vector<SubjectKey> keys(count);
  identity::fill_with_random({reinterpret_cast<std::uint8_t*>(keys.data()), count * sizeof(SubjectKey)});
  return keys;
}

[[noreturn]] void broken(const std::string& detail) {
  throw SubjectKeysFailure("the reserve of the subjects' keys: " + detail);
}

void require(const rocksdb::Status& status) {
  if (!status.ok())
    broken(status.ToString());
}

}  // namespace

std::string pack_key(const SubjectKey& key) {
  std::string bytes(key.encryption.begin(), key.encryption.end());
  return bytes.append(key.nonces.begin(), key.nonces.end());
}

std::optional<SubjectKey> unpack_key(std::string_view bytes) {
  if (bytes.size() != 2 * half)
    return std::nullopt;
  SubjectKey key;
  std::copy_n(bytes.data(), half, key.encryption.begin());
  std::copy_n(bytes.data() + half, half, key.nonces.begin());
  return key;
}

KeyReserve::KeyReserve(rocksdb::DB& db) {
  const rocksdb::Slice end(end_of_rows.data(), end_of_rows.size());
  rocksdb::ReadOptions within;
  within.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> row(db.NewIterator(within));
  for (row->Seek({first_row.data(), first_row.size()}); row->Valid(); row->Next()) {
    const auto value = row->value().ToStringView();
    if (row->key() == assigned_row && value.size() == numbered_bytes) {
      assigned_until_ = Position{KeyParts(value).number()};
      continue;
    }
    if (row->key().starts_with(rocksdb::Slice(&mark_tag, 1))) {
      lacks_marks_ = lacks_marks_ || row->key() != mark_of(last_mark_ + 1);
      last_mark_ = KeyParts(row->key().ToStringView()).number();
      continue;
    }
    const auto key = unpack_key(value);
    if (row->key().size() != numbered_bytes || !key)
      broken("it has a row that is no key");
    spares_.push_back({KeyParts(row->key().ToStringView()).number(), *key});
    next_number_ = spares_.back().number + 1;
  }
  require(row->status());
}

SubjectKey KeyReserve::take() {
  if (spares_.empty())
    return random_subject_key();
  const auto spare = spares_.front();
  spares_.pop_front();
  taken_.emplace(spare.key.encryption, spare.number);
  return spare.key;
}

bool KeyReserve::wants_filling(Position head) const {
  return assigned_until_ && (spares_.size() < low || head.value >= assigned_until_->value + events_max);
}

bool KeyReserve::has_on_disk(const NewKeys& keys) const {
  return std::ranges::all_of(keys, [&](const auto& entry) { return taken_.contains(entry.second.encryption); });
}

void KeyReserve::fill(Position head, rocksdb::WriteBatch& batch) {
  auto taken = taken_.begin();
  for (const auto& key : random_keys(full - std::min(full, spares_.size()))) {
    const auto number = taken != taken_.end() ? (taken++)->second : next_number_++;
    spares_.push_back({number, key});
    require(batch.Put(row_of(number), pack_key(key)));
  }
  for (; taken != taken_.end(); ++taken)
    require(batch.Delete(row_of(taken->second)));
  taken_.clear();
  require(batch.Put(assigned_row, Key(assigned_tag).number(head.value).take()));
  assigned_until_ = head;
  for (std::uint64_t number = 1; lacks_marks_ && number <= last_mark_; ++number)
    require(batch.Put(mark_of(number), {}));
  lacks_marks_ = false;
  mark(batch);
}

void KeyReserve::mark(rocksdb::WriteBatch& batch) { require(batch.Put(mark_of(++last_mark_), {})); }

void KeyReserve::empty(rocksdb::WriteBatch& batch) {
  for (const auto& spare : spares_)
    require(batch.Delete(row_of(spare.number)));
  spares_.clear();
}

void KeyReserve::remove(const SubjectKey& key, rocksdb::WriteBatch& batch) {
  if (const auto taken = taken_.find(key.encryption); taken != taken_.end()) {
    require(batch.Delete(row_of(taken->second)));
    taken_.erase(taken);
  }
  std::erase_if(spares_, [&](const Spare& spare) {
    if (spare.key.encryption != key.encryption)
      return false;
    require(batch.Delete(row_of(spare.number)));
    return true;
  });
}

std::optional<SubjectKey> KeyReserve::find(const SubjectName& name, std::string_view sealed) const {
  const auto fits = [&](const Spare& spare) { return open_text(spare.key, name, sealed).has_value(); };
  const auto found = std::ranges::find_if(spares_, fits);
  return found == spares_.end() ? std::nullopt : std::optional(found->key);
}

void KeyReserve::note_taken(const SubjectKey& key) {
  const auto is_it = [&](const Spare& spare) { return spare.key.encryption == key.encryption; };
  const auto found = std::ranges::find_if(spares_, is_it);
  GATEHOUSE_ASSERT(found != spares_.end());
  taken_.emplace(key.encryption, found->number);
  spares_.erase(found);
}

}  // namespace gatehouse
