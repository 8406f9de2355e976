#include "cli/import_history.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "cli/stopped_log.hpp"
#include "domain/rows.hpp"
#include "identity/base64.hpp"
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

template <class T>
T must(tl::expected<T, std::string> done) {
  if (!done)
    refuse(done.error());
  if constexpr (!std::is_void_v<T>)
    return std::move(*done);
}

boost::json::object object_in(const std::string& line) {
  boost::system::error_code error;
  auto value = boost::json::parse(line, error);
  if (error || !value.is_object())
    refuse("a line is no JSON object");
  return std::move(value.as_object());
}

std::optional<std::string> text_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
}

// What the manifest says the tree is.
tlog::TreeHead head_in(const std::string& manifest, const ImportFlags& flags) {
  const auto note = tlog::parse_note(manifest);
  const auto first_line = std::string(transparency::export_manifest_line) + "\n";
  if (!note || !note->text.starts_with(first_line))
    refuse("its manifest is none");
  if (!flags.key.empty()) {
    const auto key = tlog::VerifierKey::parse(flags.key);
    if (!key || key->type() != tlog::SignatureType::ed25519)
      throw std::runtime_error("--key must be a log's verifier key, <name>+<hash>+<base64>");
    if (is_signed_by(*note, *key) != true)
      refuse("its manifest is not signed by that key");
  }
  const auto object = object_in(note->text.substr(first_line.size()));
  if (object.contains("account_id") || !object.contains("after") || object.at("after") != 0)
    refuse("it is not of all accounts from the beginning");
  const auto checkpoint = tlog::parse_note(text_at(object, "checkpoint").value_or(""));
  const auto parsed = checkpoint ? tlog::parse_checkpoint(checkpoint->text) : std::nullopt;
  if (!parsed)
    refuse("its manifest has no checkpoint");
  return parsed->head;
}

tlog::TreeHead read_events(std::istream& lines, EventLog& log, const ImportFlags& flags) {
  EventImport events(log);
  std::optional<std::string> manifest;
  for (std::string line; std::getline(lines, line);) {
    if (manifest)
      refuse("something follows its manifest");
    const auto record = object_in(line);
    manifest = text_at(record, "manifest");
    if (manifest)
      continue;
    const auto frame = identity::base64_decode(text_at(record, "frame").value_or(""));
    if (!frame)
      refuse("position " + std::to_string(events.position().value + 1) + " has no frame");
    must(events.add(*frame));
  }
  if (!manifest)
    refuse("it was cut off: its manifest is missing");
  must(events.finish());
  return head_in(*manifest, flags);
}

void check_tree(const RocksEventLog& log, const tlog::TreeHead& expected) {
  const auto tree = must(transparency::tree_of(log, *log.projections()));
  if (tree.head().size != expected.size || tree.head().root != expected.root)
    refuse("its events do not give the root of its checkpoint");
}

void make_state(RocksEventLog& log) {
  auto scratch = make_scratch_store(std::filesystem::temp_directory_path());
  if (!scratch)
    throw std::runtime_error(scratch.error().detail);
  must(repair_state(log, **scratch, fold_memory_bytes_max, progress_line("state")));
  if (!log.set_state_version(state_rows_version))
    throw std::runtime_error("the state's version cannot be written");
  end_progress_line();
}

}  // namespace

int run_import(const ImportFlags& flags) {
  std::ifstream file;
  if (flags.file != "-")
    file.open(flags.file, std::ios::binary);
  if (!file)
    throw std::runtime_error(flags.file + " cannot be read");
  if (std::filesystem::exists(flags.data) && !std::filesystem::is_empty(flags.data))
    throw std::runtime_error(flags.data + " is not empty");
  OpenOptions options;
  options.data_dir = flags.data;
  auto log = RocksEventLog::open(options);
  if (!log)
    throw std::runtime_error(flags.data + ": " + to_text(log.error()));
  try {
    const auto head = read_events(flags.file == "-" ? std::cin : file, **log, flags);
    check_tree(**log, head);
    make_state(**log);
    std::cout << head.size << " events, root " << tlog::to_base64(head.root)
              << (flags.key.empty() ? "; the signature was not looked at" : "; signed by that key") << "\n";
  } catch (...) {
    log->reset();
    std::filesystem::remove_all(flags.data);
    throw;
  }
  return 0;
}

}  // namespace gatehouse::cli
