#include "tests/store/data_folder_example.hpp"

#include <rocksdb/db.h>

#include <map>

#include "commands/command_service.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"
#include "domain/row_writer.hpp"
#include "projections/approvals.hpp"
#include "projections/state_projection.hpp"
#include "store/rocks_event_log.hpp"
#include "table/assert.hpp"
#include "table/key.hpp"
#include "tests/store/annotated_bytes.hpp"
#include "tests/store/file_damage.hpp"

namespace gatehouse::testing {

namespace {

const AccountId acme{"acme"};

Submission keyed(AccountId door, Caller caller, Command command, std::uint8_t key) {
  Submission submission;
  submission.account_id = std::move(door);
  submission.caller = std::move(caller);
  submission.commands.push_back(std::move(command));
  submission.command_key = Uuid{{key}};
  submission.request_digest.fill(key);
  return submission;
}

void send_commands(EventLog& log) {
  SeededIds ids(1);
  const MacConfirmationTokens confirmations([](std::string_view) { return std::string(); });
  CommandService service(log, ids, confirmations, [] { return Timestamp{1'763'900'000'123}; });
  const OpenAccount open{acme, "Acme", {UserId{"olga"}, "olga@acme.example", "Olga"}, {}};
  const AddMember again{UserId{"olga"}, "olga@acme.example", {}, {}, {}};
  service.run_group({keyed(catalogue_stream, {ActorType::service, "console", true, false}, open, 0xa1)});
  service.run_group({keyed(acme, {ActorType::service, "directory", false, true}, again, 0xa2)});
}

void make_projection(ProjectionStore& store, Position checkpoint) {
  const auto table = store.create({"approvals", 1}).value();
  const OverlayTable::Changes changes{{Key('A').text("acme").text("notes").take(), std::string()}};
  const ProjectionWrite write{table.get(), &changes, checkpoint};
  GATEHOUSE_ASSERT(store.write({&write, 1}).has_value());
  GATEHOUSE_ASSERT(store.activate(*table).has_value());
}

using Rows = std::map<std::string, std::string>;

std::map<std::string, Rows> read_database(const std::filesystem::path& data_dir) {
  const auto path = (data_dir / "db").string();
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies({}, path, &names).ok())
    return {};
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto& name : names)
    families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::OpenForReadOnly({}, path, families, &handles, &opened).ok())
    return {};
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::map<std::string, Rows> found;
  for (auto* handle : handles) {
    const std::unique_ptr<rocksdb::Iterator> row(db->NewIterator({}, handle));
    auto& rows = found[handle->GetName()];
    for (row->SeekToFirst(); row->Valid(); row->Next())
      rows.emplace(row->key().ToString(), row->value().ToString());
    db->DestroyColumnFamilyHandle(handle);
  }
  return found;
}

std::string printed(const Parts& key, const Parts& value) {
  return annotated("  key", key) + annotated("  value", value.empty() ? Parts{{"", "(empty)"}} : value);
}

std::string print_log_row(std::string_view key, std::string_view value) {
  const auto frame = value.substr(0, value.size() - 32);
  const Parts parts{{std::string(frame.substr(0, 4)), "a frame of " + std::to_string(frame.size()) + " bytes, then"},
                    {std::string(value.substr(frame.size())), "chain"}};
  return printed(Cutter(key).big_endian("position").parts(), parts);
}

std::string print_stream_row(std::string_view key, std::string_view value) {
  Cutter keys(key);
  keys.take(1, key[0] == 'h' ? "tag: head of a stream" : "tag: version of a stream");
  Cutter values(value);
  if (key[0] == 'h') {
    keys.text();
    values.number<std::uint64_t>("version").number<std::uint64_t>("position").number<std::int64_t>("recorded_at");
  } else {
    keys.ended_text().big_endian("version");
    values.number<std::uint64_t>("position");
  }
  return printed(keys.parts(), values.parts());
}

std::string print_command_row(std::string_view key, std::string_view value) {
  Cutter values(value);
  values.take(1, "format 1").take(32, "request_digest").number<std::uint64_t>("first").number<std::uint32_t>("event_count");
  values.number<std::uint64_t>("account_version").number<std::int64_t>("recorded_at");
  values.number<std::uint32_t>("result: commands").number<std::uint32_t>("result: members");
  while (!values.rest().empty()) {
    values.number<std::uint32_t>("  of command").counted_text("  name").take(1, "  kind").counted_text("  text");
    values.number<std::uint64_t>("  number").take(1, "  flag").number<std::uint32_t>("  list: elements");
  }
  return printed(Cutter(key).take(16, "command id").parts(), values.parts());
}

void cut_mark(Cutter& cutter, const std::string& name) {
  cutter.number<std::uint64_t>(name + " group").number<std::uint64_t>(name + " position").take(32, name + " chain");
}

std::string print_meta_row(std::string_view key, std::string_view value) {
  Cutter keys(key);
  Cutter values(value);
  if (key.size() == 9 && key[0] == 'g') {
    keys.take(1, "tag: append group").big_endian("group");
    values.number<std::uint64_t>("position of its last event");
  } else if (key == "head") {
    keys.text();
    values.number<std::uint64_t>("group").number<std::uint64_t>("position").number<std::int64_t>("log_time").take(32, "chain");
  } else {
    keys.text();
    values.number<std::uint64_t>(key == "format" ? "format" : "generation");
  }
  return printed(keys.parts(), values.parts());
}

Parts parts_of_key(std::span<const RowShape> shapes, std::string_view key) {
  const auto shape = std::ranges::find(shapes, key.front(), &RowShape::tag);
  Cutter keys(key);
  keys.take(1, "tag: " + std::string(shape->name));
  for (const char part : shape->parts)
    part == 't' ? keys.ended_text() : keys.big_endian("number");
  return keys.parts();
}

std::string print_state_row(std::string_view key, std::string_view value) {
  static const StateProjection state;
  Parts values = Cutter(value).text().parts();
  if (key.front() == 'A')
    values = parts_of(unpack_row<AccountRow>(value));
  if (key.front() == 'M')
    values = parts_of(unpack_row<MemberRow>(value));
  return printed(parts_of_key(state.shapes(), key), values);
}

std::string print_projection_row(std::string_view key, std::string_view value) {
  static const ApprovalsProjection approvals;
  if (key.front() != '\0')
    return printed(parts_of_key(approvals.shapes(), key), Cutter(value).text().parts());
  return printed({{std::string(key), "00 and \"" + std::string(key.substr(1)) + "\""}}, Cutter(value).number<std::uint64_t>("position").parts());
}

}  // namespace

void make_example(const std::filesystem::path& data_dir) {
  OpenOptions options;
  options.data_dir = data_dir;
  options.reserve = {.ballast_bytes = 1U << 16, .free_bytes_min = 1U << 20};
  const auto log = std::move(RocksEventLog::open(options)).value();
  send_commands(*log);
  make_projection(*log->projections(), log->head());
}

std::string print_database(const std::filesystem::path& data_dir) {
  std::string text;
  for (const auto& [family, rows] : read_database(data_dir)) {
    text += family + "\n";
    for (const auto& [key, value] : rows) {
      if (family == "log") text += print_log_row(key, value);
      else if (family == "streams") text += print_stream_row(key, value);
      else if (family == "commands") text += print_command_row(key, value);
      else if (family == "state") text += print_state_row(key, value);
      else if (family == "default") text += print_meta_row(key, value);
      else text += print_projection_row(key, value);
    }
  }
  return text;
}

// The slot that was written last.
std::string print_witness(const std::filesystem::path& data_dir) {
  const auto file = read_whole(data_dir / "witness");
  const std::string_view slots(file);
  const auto generation = [&](std::size_t at) { return load_little_endian<std::uint64_t>(slots.data() + at + 16); };
  const std::size_t at = generation(0) > generation(witness_slot_bytes) ? 0 : witness_slot_bytes;
  Cutter cutter(slots.substr(at, witness_slot_bytes));
  cutter.take(8, "magic \"GHWITNES\"").number<std::uint32_t>("format").number<std::uint32_t>("zero").number<std::uint64_t>("generation");
  cut_mark(cutter, "head");
  cut_mark(cutter, "anchor");
  cutter.take(32, "SHA-256 of the " + std::to_string(witness_slot_bytes - cutter.rest().size()) + " bytes before it");
  const bool zeros = cutter.rest().find_first_not_of('\0') == std::string_view::npos;
  return annotated("  " + std::to_string(at), cutter.parts()) + (zeros ? "        zeros to the end of the slot\n" : "");
}

}  // namespace gatehouse::testing
