// The store's rows: `s` account 0 subject 0 -> 64 bytes of key; or, when it is destroyed, the 32 of its
// digest, or none where there was none; `l` -> what addresses are looked up with; and those of the reserve.
#include <rocksdb/db.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "identity/secure_random.hpp"
#include "sealing/key_reserve.hpp"
#include "sealing/key_rows.hpp"
#include "sealing/keys_database.hpp"
#include "sealing/subject_keys.hpp"
#include "sealing/subject_keys_copy.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t half = 32;
const std::string lookup_row = "l";
const rocksdb::Slice first_of_reserve(KeyReserve::first_row.data(), KeyReserve::first_row.size());
const rocksdb::Slice end_of_reserve(KeyReserve::end_of_rows.data(), KeyReserve::end_of_rows.size());

std::string row_of(const SubjectName& name) { return Key('s').text(name.account_id.value).text(name.subject).take(); }

void require(const rocksdb::Status& status) {
  if (!status.ok())
    throw SubjectKeysFailure("the store of the subjects' keys fails: " + status.ToString());
}

class RocksSubjectKeys final : public SubjectKeys {
 public:
  RocksSubjectKeys(std::unique_ptr<rocksdb::DB> db, const LookupKey& lookup)
      : db_(std::move(db)), reserve_(*db_), rows_(*db_) {
    set_lookup_key(lookup);
  }
  ~RocksSubjectKeys() override { db_->Close().PermitUncheckedError(); }

  Standing find(const SubjectName& name, SubjectKey& key) const override {
    rocksdb::PinnableSlice bytes;
    const auto status = db_->Get({}, db_->DefaultColumnFamily(), row_of(name), &bytes);
    if (status.IsNotFound())
      return Standing::unknown;
    require(status);
    if (bytes.empty() || bytes.size() == half)
      return Standing::destroyed;
    const auto unpacked = unpack_key(bytes.ToStringView());
    if (!unpacked)
      throw SubjectKeysFailure("the store of the subjects' keys has a row that is no key");
    key = *unpacked;
    return Standing::present;
  }

  void add(const NewKeys& keys) override {
    const std::lock_guard lock(writing_);
    rocksdb::WriteBatch batch;
    put_missing(keys, batch);
    write(batch, Sync::yes);
  }

  SubjectKey take_key(const SubjectName& /*name*/) override {
    const std::lock_guard lock(writing_);
    return reserve_.take();
  }

  void assign(const NewKeys& keys, Position head, std::uint64_t destroyed_before) override {
    const std::lock_guard lock(writing_);
    const bool fill = reserve_.wants_filling(head);
    if (keys.empty() && !fill)
      return;
    rocksdb::WriteBatch batch;
    if (destroyed() == destroyed_before)
      put(keys, batch);
    else
      put_missing(keys, batch);
    const bool on_disk = reserve_.has_on_disk(keys);
    if (fill)
      reserve_.fill(head, batch);
    write(batch, on_disk && !fill ? Sync::no : Sync::yes);
  }

  // The first time in a file that is no write-ahead log: should that be lost later, the position tells from where on keys are missing.
  void renew_reserve(Position head) override {
    const std::lock_guard lock(writing_);
    const bool is_first = !reserve_.assigned_until();
    rocksdb::WriteBatch batch;
    reserve_.empty(batch);
    reserve_.fill(head, batch);
    write(batch, Sync::yes);
    if (is_first)
      require(db_->Flush({}));
  }

  [[nodiscard]] std::optional<Position> assigned_until() const override { return reserve_.assigned_until(); }

  [[nodiscard]] std::optional<SubjectKey> find_in_reserve(const SubjectName& name,
                                                          std::string_view sealed) const override {
    const std::lock_guard lock(writing_);
    return reserve_.find(name, sealed);
  }

  [[nodiscard]] bool lacks_files() const override { return reserve_.lacks_marks(); }

  bool recover(const SubjectName& name, std::string_view sealed) override {
    const std::lock_guard lock(writing_);
    const auto key = reserve_.find(name, sealed);
    if (!key)
      return false;
    reserve_.note_taken(*key);
    rocksdb::WriteBatch batch;
    put({{name, *key}}, batch);
    write(batch, Sync::no);
    return true;
  }

  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override {
    if (names.empty())
      return {};
    const std::lock_guard one_at_a_time(purging_);
    auto digests = write_destroyed(names);
    purge(names);
    return digests;
  }

  [[nodiscard]] std::vector<File> files() const override {
    std::vector<rocksdb::LiveFileMetaData> live;
    db_->GetLiveFilesMetaData(&live);
    std::vector<File> files;
    for (const auto& file : live)
      files.push_back({file.db_path + file.name, file.size});
    return files;
  }

  [[nodiscard]] std::size_t count_lacking(const RocksSubjectKeys& other) const {
    return rows_.count_lacking(*other.db_);
  }
  void copy_to(rocksdb::DB& copy) const { rows_.copy_to(copy); }

 private:
  [[nodiscard]] Digests write_destroyed(std::span<const SubjectName> names) {
    const std::lock_guard lock(writing_);
    Digests digests;
    rocksdb::WriteBatch batch;
    for (const auto& name : names) {
      const auto row = row_of(name);
      auto digest = digest_kept(row);
      SubjectKey key;
      if (find(name, key) == Standing::present) {
        digest = digest_of(key);
        reserve_.remove(key, batch);
      }
      require(batch.Put(row, digest ? rocksdb::Slice(reinterpret_cast<const char*>(digest->data()), digest->size())
                                    : rocksdb::Slice()));
      digests.push_back(digest);
    }
    reserve_.mark(batch);
    write(batch, Sync::yes);
    count_destroyed();
    return digests;
  }

  // Takes what the rows of the names were before out of every file, while commands get new keys. The log of the store goes with the flush, the earlier rows with the compaction of the
  // files that have the keys in their range, and those files when nobody reads them any more.
  void purge(std::span<const SubjectName> names) {
    std::set<std::string> rows;
    for (const auto& name : names)
      rows.insert(row_of(name));
    require(db_->Flush({}));
    rocksdb::CompactRangeOptions compaction;
    compaction.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    const rocksdb::Slice first(*rows.begin()), last(*rows.rbegin());
    require(db_->CompactRange(compaction, &first, &last));
    require(db_->CompactRange(compaction, &first_of_reserve,
                              &end_of_reserve));  // where each was before it became a person's
    rows_.let_files_go();
  }

  [[nodiscard]] std::optional<identity::Sha256> digest_kept(const std::string& row) const {
    std::string bytes;
    const auto status = db_->Get({}, row, &bytes);
    if (status.IsNotFound())
      return std::nullopt;
    require(status);
    if (bytes.size() != half)
      return std::nullopt;
    identity::Sha256 digest{};
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
  }

  static void put(const NewKeys& keys, rocksdb::WriteBatch& batch) {
    for (const auto& [name, key] : keys)
      require(batch.Put(row_of(name), pack_key(key)));
  }
  // Those that are there already stay as they are.
  void put_missing(const NewKeys& keys, rocksdb::WriteBatch& batch) const {
    NewKeys missing;
    for (const auto& [name, key] : keys) {
      SubjectKey there;
      if (find(name, there) == Standing::unknown)
        missing.emplace(name, key);
    }
    put(missing, batch);
  }

  enum class Sync { no, yes };
  void write(rocksdb::WriteBatch& batch, Sync sync) {
    rocksdb::WriteOptions options;
    options.sync = sync == Sync::yes;
    require(db_->Write(options, &batch));
  }

  std::unique_ptr<rocksdb::DB> db_;
  mutable std::mutex writing_;
  std::mutex purging_;  // taken before the other
  KeyReserve reserve_;
  KeyRows rows_;
};

const RocksSubjectKeys& on_disk(const SubjectKeys& keys) {
  const auto* store = dynamic_cast<const RocksSubjectKeys*>(&keys);
  if (store == nullptr)
    throw SubjectKeysFailure("keys that are in no file cannot be copied");
  return *store;
}

}  // namespace

std::size_t count_lacking_subjects(const SubjectKeys& keys, const SubjectKeys& copy) {
  return on_disk(keys).count_lacking(on_disk(copy));
}

void copy_subject_keys(const SubjectKeys& keys, const std::string& folder) {
  if (std::filesystem::exists(folder))
    throw SubjectKeysFailure(folder + " is there already");
  const auto copy = open_keys_database(folder, KeysAccess::make);
  if (!copy)
    throw SubjectKeysFailure(copy.error().detail);
  on_disk(keys).copy_to(**copy);
  require((*copy)->Close());
}

tl::expected<std::unique_ptr<SubjectKeys>, SubjectKeysError> open_subject_keys(const std::string& folder,
                                                                               KeysAccess access) {
  auto db = open_keys_database(folder, access);
  if (!db)
    return tl::unexpected(std::move(db.error()));
  std::string bytes;
  auto status = (*db)->Get({}, lookup_row, &bytes);
  if (status.IsNotFound() && access == KeysAccess::make) {
    bytes.assign(half, '\0');
    identity::fill_with_random({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    rocksdb::WriteOptions durable;
    durable.sync = true;
    status = (*db)->Put(durable, lookup_row, bytes);
  }
  if (!status.ok() || bytes.size() != half)
    return tl::unexpected(SubjectKeysError{folder + " is no store of subjects' keys: " + status.ToString()});
  std::array<std::uint8_t, half> lookup{};
  std::copy(bytes.begin(), bytes.end(), lookup.begin());
  return std::make_unique<RocksSubjectKeys>(std::move(*db), lookup);
}

}  // namespace gatehouse
