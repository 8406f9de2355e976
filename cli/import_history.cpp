#include "cli/import_history.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "api/transparency/export_reader.hpp"
#include "cli/lost_files.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/stopped_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "domain/rows.hpp"
#include "replay/import_events.hpp"
#include "replay/repair_state.hpp"
#include "store/scratch_projection_store.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/note.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t fold_memory_bytes_max = 256U << 20;

[[noreturn]] void refuse(const std::string& reason) { throw std::runtime_error("the export is refused: " + reason); }

// What is made in it goes with it, unless it is kept; so do the folders that had to be made for it.
class NewFolder {
 public:
  explicit NewFolder(const std::string& path) {
    refuse_unfinished_import(path);
    path_ = std::filesystem::absolute(path).lexically_normal();
    if (std::filesystem::exists(path_) && (!std::filesystem::is_directory(path_) || !std::filesystem::is_empty(path_)))
      throw std::runtime_error(path + " is not an empty folder");
    for (auto next = path_; !std::filesystem::exists(next); next = next.parent_path())
      made_ = next;
  }
  ~NewFolder() {
    if (kept_)
      return;
    std::error_code error;
    if (!made_.empty())
      std::filesystem::remove_all(made_, error);
    else
      for (const auto& entry : std::filesystem::directory_iterator(path_, error))
        std::filesystem::remove_all(entry.path(), error);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  std::filesystem::path made_;  // empty when it was there
  bool kept_ = false;
};

template <class T>
T must(tl::expected<T, std::string> done) {
  if (!done)
    refuse(done.error());
  if constexpr (!std::is_void_v<T>)
    return std::move(*done);
}

// Looked at before anything is read, so that a mistake in it costs no time.
tlog::VerifierKey key_in(const ImportFlags& flags) {
  auto key = tlog::VerifierKey::parse(flags.key);
  if (!key || key->type() != tlog::SignatureType::ed25519)
    throw std::runtime_error("--key must be a log's verifier key, <name>+<hash>+<base64>");
  return std::move(*key);
}

boost::json::object object_in(const std::string& line) {
  boost::system::error_code error;
  auto value = boost::json::parse(line, error);
  if (error || !value.is_object())
    refuse("its manifest is no JSON object");
  return std::move(value.as_object());
}

std::optional<std::string> text_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
}

// What the manifest says of the records and of the tree, when it holds for the records that were read.
tlog::TreeHead head_in(const api::ExportReader& records, const ImportFlags& flags) {
  const auto note = tlog::parse_note(records.manifest());
  const auto first_line = std::string(transparency::export_manifest_line) + "\n";
  if (!note || !note->text.starts_with(first_line))
    refuse("its manifest is none");
  if (!flags.key.empty() && is_signed_by(*note, key_in(flags)) != true)
    refuse("its manifest is not signed by that key");
  const auto object = object_in(note->text.substr(first_line.size()));
  const auto holds = [&](std::string_view key, const boost::json::value& expected) {
    const auto* value = object.if_contains(key);
    return value != nullptr && *value == expected;
  };
  if (object.contains("account_id") || !holds("after", 0) || !holds("form", "ndjson"))
    refuse("it is not of all accounts from the beginning, in JSON lines");
  if (!holds("records", records.position().value) || !holds("through", records.position().value))
    refuse("it was cut off or added to: it has " + std::to_string(records.position().value) +
           " records, and its manifest says another number");
  if (!holds("chain", boost::json::string(tlog::to_base64(records.chain()))))
    refuse("its manifest is not of these records: its chain is not that of the last one, position " +
           std::to_string(records.position().value));
  const auto checkpoint = tlog::parse_note(text_at(object, "checkpoint").value_or(""));
  const auto parsed = checkpoint ? tlog::parse_checkpoint(checkpoint->text) : std::nullopt;
  if (!parsed)
    refuse("its manifest has no checkpoint");
  return parsed->head;
}

tlog::TreeHead read_events(std::istream& lines, EventLog& log, const ImportFlags& flags) {
  EventImport events(log);
  api::ExportReader records(lines);
  while (const auto frame = must(records.next()))
    must(events.add(*frame));
  must(events.finish());
  return head_in(records, flags);
}

void check_tree(const RocksEventLog& log, const std::string& data, const tlog::TreeHead& expected) {
  const auto tree = must(transparency::tree_of(log, *log.projections(), {.parent = data}));
  if (tree.head().size != expected.size || tree.head().root != expected.root)
    refuse("its events do not give the root of its checkpoint");
}

void make_state(RocksEventLog& log) {
  auto scratch = make_scratch_store(std::filesystem::temp_directory_path());
  if (!scratch)
    throw std::runtime_error(scratch.error().detail);
  must(repair_state(log, **scratch, fold_memory_bytes_max, progress_line("state")));
  if (!log.set_state_version(state_rows_version))
    throw std::runtime_error("the state's version cannot be written: " + log.read_only_reason());
  end_progress_line();
}

}  // namespace

int run_import(const ImportFlags& flags) {
  if (!flags.key.empty())
    static_cast<void>(key_in(flags));
  std::ifstream file;
  if (flags.file != "-")
    file.open(flags.file, std::ios::binary);
  if (!file || (flags.file != "-" && std::filesystem::is_directory(flags.file)))
    throw std::runtime_error(flags.file + " cannot be read");
  NewFolder folder(flags.data);
  std::filesystem::create_directories(flags.data);
  begin_import(flags.data);
  OpenOptions options;
  options.data_dir = flags.data;
  auto log = RocksEventLog::open(options);
  if (!log)
    throw std::runtime_error(flags.data + ": " + to_text(log.error()));
  hold_outbound(flags.data);
  bring_keys(flags.subject_keys, flags.data);
  const auto head = read_events(flags.file == "-" ? std::cin : file, **log, flags);
  check_tree(**log, flags.data, head);
  make_state(**log);
  static_cast<void>(keys_to_copy(flags.data, **log));
  make_missing_secrets(flags.data);
  end_import(flags.data);
  folder.keep();
  std::cout << head.size << " events, root " << tlog::to_base64(head.root)
            << (flags.key.empty() ? "; the signature was not looked at" : "; signed by that key") << "\n"
            << (flags.subject_keys.empty() ? "Texts about persons are locked: --subject-keys brings their keys along.\n"
                                           : "")
            << "Mails and webhooks are held: a server on this data sends none while "
            << outbound_hold_of(flags.data).string() << " is there.\n";
  return 0;
}

}  // namespace gatehouse::cli
