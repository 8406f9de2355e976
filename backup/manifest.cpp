#include "backup/manifest.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/event_chain.hpp"
#include "tlog/hash.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse {

namespace {

using boost::json::object;

const std::string first_line = std::string(transparency::backup_manifest_line) + "\n";

// Reads members; the first that is missing or of another kind sticks.
class Members {
 public:
  explicit Members(const object& members) : members_(members) {}

  [[nodiscard]] std::uint64_t number(std::string_view name) {
    const auto* value = members_.if_contains(name);
    boost::system::error_code error;
    const auto found = value != nullptr && value->is_number() ? value->to_number<std::uint64_t>(error) : 0;
    return value != nullptr && value->is_number() && !error ? found : missing<std::uint64_t>(name);
  }
  [[nodiscard]] std::string text(std::string_view name) {
    const auto* value = members_.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : missing<std::string>(name);
  }
  [[nodiscard]] Digest digest(std::string_view name) {
    const auto found = tlog::hash_from_base64(text(name));
    return found ? *found : missing<Digest>(name);
  }
  [[nodiscard]] Timestamp time(std::string_view name) { return {static_cast<std::int64_t>(number(name))}; }
  [[nodiscard]] const std::string& lacking() const { return lacking_; }

 private:
  template <class T>
  T missing(std::string_view name) {
    if (lacking_.empty())
      lacking_ = name;
    return {};
  }

  const object& members_;
  std::string lacking_;
};

}  // namespace

Digest first_link(const EventLog& log) {
  const auto first = log.read_at({1});
  return first ? EventChain().next(Digest{}, first->frame) : Digest{};
}

std::string to_note(const BackupManifest& manifest, const tlog::NoteSigner& signer) {
  const object members{{"group", manifest.head.group},
                       {"position", manifest.head.position.value},
                       {"chain", tlog::to_base64(manifest.head.chain)},
                       {"root", tlog::to_base64(manifest.root)},
                       {"first", tlog::to_base64(manifest.first)},
                       {"recorded_at", manifest.recorded_at.unix_ms},
                       {"made_at", manifest.made_at.unix_ms},
                       {"program", manifest.program},
                       {"bytes", manifest.bytes},
                       {"files", manifest.files},
                       {"file_list", tlog::to_base64(manifest.file_list)},
                       {"key", signer.verifier_key().to_text()}};
  return to_text(signer.sign(first_line + boost::json::serialize(members) + "\n"));
}

BackupResult<SignedManifest> parse_manifest(std::string_view note) {
  auto parsed = tlog::parse_note(note);
  if (!parsed || !parsed->text.starts_with(first_line))
    return backup_damaged("the manifest is no signed note of a backup");
  boost::system::error_code error;
  const auto value = boost::json::parse(std::string_view(parsed->text).substr(first_line.size()), error);
  const auto* members = error ? nullptr : value.if_object();
  if (members == nullptr)
    return backup_damaged("the manifest is no JSON object");
  Members read(*members);
  const BackupManifest manifest{.head = {read.number("group"), {read.number("position")}, read.digest("chain")},
                                .root = read.digest("root"),
                                .first = read.digest("first"),
                                .recorded_at = read.time("recorded_at"),
                                .made_at = read.time("made_at"),
                                .program = read.text("program"),
                                .bytes = read.number("bytes"),
                                .files = read.number("files"),
                                .file_list = read.digest("file_list")};
  const auto key = tlog::VerifierKey::parse(read.text("key"));
  if (!read.lacking().empty())
    return backup_damaged("the manifest has no " + read.lacking());
  if (!key || is_signed_by(*parsed, *key) != true)
    return backup_damaged("the manifest is not the one that was signed");
  return SignedManifest{manifest, std::move(*parsed)};
}

}  // namespace gatehouse
