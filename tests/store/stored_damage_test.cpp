#include <rocksdb/db.h>

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "events/frame.hpp"
#include "store/rocks_event_log.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/file_damage.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

constexpr std::uint64_t events = 30;

// The database without any of the log's care.
class BareDatabase {
 public:
  explicit BareDatabase(const std::filesystem::path& data_dir) {
    const auto path = (data_dir / "db").string();
    std::vector<std::string> names;
    GATEHOUSE_ASSERT(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names)
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    GATEHOUSE_ASSERT(rocksdb::DB::Open({}, path, families, &handles_, &db_).ok());
  }
  BareDatabase(const BareDatabase&) = delete;
  BareDatabase& operator=(const BareDatabase&) = delete;
  ~BareDatabase() {
    for (auto* handle : handles_)
      db_->DestroyColumnFamilyHandle(handle);
    delete db_;
  }

  std::string get(const std::string& family, const std::string& key) {
    std::string value;
    GATEHOUSE_ASSERT(db_->Get({}, find(family), key, &value).ok());
    return value;
  }
  void put(const std::string& family, const std::string& key, const std::string& value) {
    GATEHOUSE_ASSERT(db_->Put({}, find(family), key, value).ok());
  }
  void erase(const std::string& family, const std::string& key) {
    GATEHOUSE_ASSERT(db_->Delete({}, find(family), key).ok());
  }

 private:
  rocksdb::ColumnFamilyHandle* find(const std::string& family) {
    const auto found = std::ranges::find(handles_, family, &rocksdb::ColumnFamilyHandle::GetName);
    GATEHOUSE_ASSERT(found != handles_.end());
    return *found;
  }

  rocksdb::DB* db_ = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

class StoredDamage : public ::testing::Test {
 protected:
  StoredDamage() { append_until(**RocksEventLog::open(options_), events); }

  OpenError open_error() {
    const auto log = RocksEventLog::open(options_);
    return log ? OpenError{} : log.error();
  }
  // Of a log that opens because nothing in its tail is wrong.
  OpenError verify_error() {
    const auto log = RocksEventLog::open(options_);
    if (!log)
      return {log.error().kind, {}, "refused to open"};
    const auto verified = (*log)->verify_chain({});
    const auto forgetful = (*log)->verify_chain({}, 1);
    EXPECT_EQ(verified.has_value(), forgetful.has_value());
    if (verified)
      return {};
    EXPECT_EQ(forgetful.error().kind, verified.error().kind);
    EXPECT_EQ(forgetful.error().position, verified.error().position);
    return verified.error();
  }
  // The witness of a run that ended before anything was flushed.
  void put_back_anchor() {
    auto before = Witness::open(*options_.disk, witness(), Disk::OpenMode::write);
    ASSERT_FALSE(before->write(before->record().head, LogMark{}));
  }
  static std::string row(std::uint64_t position) { return stored::log_key({position}); }
  [[nodiscard]] std::filesystem::path witness() const { return options_.data_dir / "witness"; }

  TemporaryFolder folder_;
  OpenOptions options_ = small_log(folder_.path());
};

TEST_F(StoredDamage, verification_names_a_missing_event) {
  BareDatabase(options_.data_dir).erase("log", row(12));
  const auto error = verify_error();
  EXPECT_EQ(error.kind, OpenErrorKind::gap);
  EXPECT_EQ(error.position, Position{12});
}

TEST_F(StoredDamage, verification_names_an_event_whose_bytes_were_changed) {
  {
    BareDatabase database(options_.data_dir);
    auto value = database.get("log", row(12));
    value[100] ^= 1;
    database.put("log", row(12), value);
  }
  const auto error = verify_error();
  EXPECT_EQ(error.kind, OpenErrorKind::bad_frame);
  EXPECT_EQ(error.position, Position{12});
}

TEST_F(StoredDamage, verification_names_an_event_that_was_replaced_by_another_sound_one) {
  {
    BareDatabase database(options_.data_dir);
    auto draft = DraftBuilder("even", 5, 77).event("forged").build();
    auto& frame = draft.events.front().frame;
    seal_frame(frame, {11}, {11});
    const auto value = database.get("log", row(11));
    database.put("log", row(11), frame + value.substr(value.size() - 32));
  }
  const auto error = verify_error();
  EXPECT_EQ(error.kind, OpenErrorKind::chain_broken);
  EXPECT_EQ(error.position, Position{11});
}

TEST_F(StoredDamage, verification_names_two_events_that_changed_places) {
  {
    BareDatabase database(options_.data_dir);
    const auto first = database.get("log", row(8)), second = database.get("log", row(9));
    database.put("log", row(8), second);
    database.put("log", row(9), first);
  }
  const auto error = verify_error();
  EXPECT_EQ(error.kind, OpenErrorKind::bad_frame);
  EXPECT_EQ(error.position, Position{8});
}

TEST_F(StoredDamage, verification_names_an_event_that_the_index_lacks) {
  BareDatabase(options_.data_dir).erase("streams", stored::stream_version_key(AccountId("odd"), 4));
  const auto error = verify_error();
  EXPECT_EQ(error.kind, OpenErrorKind::index_broken);
  EXPECT_EQ(error.position, Position{8});
}

TEST_F(StoredDamage, verification_finds_a_stream_head_that_is_another) {
  BareDatabase(options_.data_dir)
      .put("streams", stored::stream_head_key(AccountId("odd")), stored::encode(StreamHead{9, {2}, {3}}));
  EXPECT_EQ(verify_error().kind, OpenErrorKind::index_broken);
}

TEST_F(StoredDamage, verification_finds_index_rows_of_no_event) {
  BareDatabase(options_.data_dir)
      .put("streams", stored::stream_version_key(AccountId("odd"), 99), stored::encode(Position{7}));
  EXPECT_EQ(verify_error().kind, OpenErrorKind::index_broken);
}

TEST_F(StoredDamage, verification_finds_a_stream_head_beyond_its_events_and_one_of_no_stream) {
  const auto head = stored::stream_head_key(AccountId("odd"));
  const auto right = BareDatabase(options_.data_dir).get("streams", head);
  BareDatabase(options_.data_dir).put("streams", head, stored::encode(StreamHead{99, {29}, {3}}));
  EXPECT_EQ(verify_error().kind, OpenErrorKind::index_broken);
  BareDatabase(options_.data_dir).put("streams", head, right);
  EXPECT_EQ(verify_error().detail, "");
  BareDatabase(options_.data_dir).put("streams", stored::stream_head_key(AccountId("nobody")), right);
  EXPECT_EQ(verify_error().kind, OpenErrorKind::index_broken);
}

TEST_F(StoredDamage, verification_holds_as_few_streams_as_it_is_told) {
  const auto log = RocksEventLog::open(options_);
  for (const std::size_t streams_held_max : {1U, 2U}) {
    const auto verified = (*log)->verify_chain({}, streams_held_max);
    ASSERT_TRUE(verified) << to_text(verified.error());
    EXPECT_EQ(verified->events, events);
    EXPECT_EQ(verified->streams, 2U);
  }
}

TEST_F(StoredDamage, a_last_event_that_was_changed_is_refused_at_once) {
  {
    BareDatabase database(options_.data_dir);
    auto value = database.get("log", row(events));
    value.back() ^= 1;
    database.put("log", row(events), value);
  }
  EXPECT_EQ(open_error().kind, OpenErrorKind::chain_broken);
  EXPECT_EQ(open_error().position, Position{events});
}

TEST_F(StoredDamage, an_event_after_the_head_is_refused) {
  {
    BareDatabase database(options_.data_dir);
    database.put("log", row(events + 1), database.get("log", row(events)));
  }
  EXPECT_EQ(open_error().position, Position{events + 1});
}

TEST_F(StoredDamage, a_missing_append_group_since_the_anchor_is_refused) {
  put_back_anchor();
  EXPECT_TRUE(RocksEventLog::open(options_));
  put_back_anchor();
  BareDatabase(options_.data_dir).erase("default", stored::group_key(5));
  EXPECT_EQ(open_error().kind, OpenErrorKind::gap);
  EXPECT_EQ(open_error().position, Position{5});
}

TEST_F(StoredDamage, a_last_append_group_that_ends_elsewhere_than_the_log_is_refused) {
  put_back_anchor();
  for (const auto end : {events - 1, events + 1}) {
    BareDatabase(options_.data_dir).put("default", stored::group_key(events), stored::encode(Position{end}));
    EXPECT_EQ(open_error().kind, OpenErrorKind::gap);
    EXPECT_EQ(open_error().position, Position{std::min(end, events) + 1});
  }
  BareDatabase(options_.data_dir).put("default", stored::group_key(events), stored::encode(Position{events}));
  EXPECT_TRUE(RocksEventLog::open(options_));
}

TEST_F(StoredDamage, a_log_without_its_witness_is_refused) {
  std::filesystem::remove(witness());
  EXPECT_EQ(open_error().kind, OpenErrorKind::witness_missing);
  EXPECT_EQ(open_error().position, Position{events});
}

TEST_F(StoredDamage, a_witness_without_its_log_is_refused) {
  std::filesystem::remove_all(options_.data_dir / "db");
  EXPECT_EQ(open_error().kind, OpenErrorKind::log_behind_witness);
  EXPECT_EQ(open_error().position, Position{1});
  EXPECT_FALSE(std::filesystem::exists(options_.data_dir / "db")) << "nothing is made in its place";
}

TEST_F(StoredDamage, an_older_copy_of_the_log_is_refused) {
  const auto copy = folder_.path() / "copy";
  std::filesystem::copy(options_.data_dir / "db", copy, std::filesystem::copy_options::recursive);
  append_until(**RocksEventLog::open(options_), events + 5);
  std::filesystem::remove_all(options_.data_dir / "db");
  std::filesystem::rename(copy, options_.data_dir / "db");
  EXPECT_EQ(open_error().kind, OpenErrorKind::log_behind_witness);
  EXPECT_EQ(open_error().position, Position{events + 1});
}

TEST_F(StoredDamage, an_older_copy_that_lacks_only_a_record_is_refused) {
  const auto copy = folder_.path() / "copy";
  std::filesystem::copy(options_.data_dir / "db", copy, std::filesystem::copy_options::recursive);
  static_cast<void>(append_one(**RocksEventLog::open(options_), DraftBuilder("even", events / 2, 88).record(1)));
  std::filesystem::remove_all(options_.data_dir / "db");
  std::filesystem::rename(copy, options_.data_dir / "db");
  EXPECT_EQ(open_error().kind, OpenErrorKind::log_behind_witness);
}

TEST_F(StoredDamage, another_log_s_witness_is_refused) {
  const TemporaryFolder other;
  append_until(**RocksEventLog::open(small_log(other.path())), events - 1);
  static_cast<void>(
      append_one(**RocksEventLog::open(small_log(other.path())), DraftBuilder("even", 15, 99).event("other")));
  std::filesystem::copy_file(other.path() / "witness", witness(), std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(open_error().kind, OpenErrorKind::chain_broken);
  EXPECT_EQ(open_error().position, Position{events});
}

TEST_F(StoredDamage, one_damaged_slot_of_the_witness_is_survived_and_two_are_not) {
  const auto whole = read_whole(witness());
  for (const std::size_t slot : {0U, 1U}) {
    flip_bit(witness(), (slot * witness_slot_bytes + 30) * 8);
    EXPECT_TRUE(RocksEventLog::open(options_)) << slot;
    write_whole(witness(), whole);
  }
  flip_bit(witness(), 30 * 8);
  flip_bit(witness(), (witness_slot_bytes + 30) * 8);
  EXPECT_EQ(open_error().kind, OpenErrorKind::witness_damaged);
}

TEST_F(StoredDamage, a_missing_file_is_damage_and_not_the_disk_s_fault) {
  std::filesystem::path manifest;
  for (const auto& file : std::filesystem::directory_iterator(options_.data_dir / "db")) {
    if (file.path().filename().string().starts_with("MANIFEST-"))
      manifest = file.path();
  }
  ASSERT_TRUE(std::filesystem::remove(manifest));
  EXPECT_EQ(open_error().kind, OpenErrorKind::corrupt);
}

TEST_F(StoredDamage, data_of_a_newer_program_is_refused) {
  BareDatabase(options_.data_dir).put("default", std::string(stored::format_key), stored::encode(std::uint64_t{2}));
  EXPECT_EQ(open_error().kind, OpenErrorKind::unsupported_format);
}

}  // namespace
}  // namespace gatehouse::testing
