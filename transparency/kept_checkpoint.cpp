#include "transparency/kept_checkpoint.hpp"

#include "transparency/tree_fold.hpp"

namespace gatehouse::transparency {

namespace {

std::optional<KeptCheckpoint::Kept> parse(std::string_view bytes) {
  auto note = tlog::parse_note(bytes);
  auto checkpoint = note ? tlog::parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint)
    return std::nullopt;
  return KeptCheckpoint::Kept{std::move(*note), std::move(*checkpoint)};
}

}  // namespace

KeptCheckpoint::KeptCheckpoint(std::shared_ptr<Disk> disk, std::filesystem::path file)
    : disk_(std::move(disk)), file_(std::move(file)) {}

std::optional<TreeView> KeptCheckpoint::restore(const TreeView& tree, const tlog::VerifierKey& key,
                                                const std::function<void(std::string_view)>& report) const {
  const auto bytes = read();
  if (!bytes)
    throw BrokenHistory("what was published last cannot be read: " + bytes.error());
  if (!*bytes)
    return std::nullopt;
  const auto kept = parse(**bytes);
  if (kept)
    refuse_another(*kept, key);
  if (!kept || is_signed_by(kept->note, key) != true) {
    report(file_.string() + " is damaged. It is not served, and the next checkpoint takes its place");
    return std::nullopt;
  }
  const auto& published = kept->checkpoint.head;
  const auto advice = " The log was put back from an older backup, or is another one (" + file_.string() + ")";
  if (published.size > tree.head().size)
    throw BrokenHistory("a checkpoint of " + std::to_string(published.size) +
                        " events was published, and the log has only " + std::to_string(tree.head().size) + "." +
                        advice);
  auto restored = tree.at(published.size);
  if (restored.head().root != published.root)
    throw BrokenHistory("the first " + std::to_string(published.size) +
                        " events of the log are not those of the checkpoint that was published." + advice);
  return restored.with_checkpoint(**bytes);
}

// Whoever knows the log would take what comes under another name for another log's.
void KeptCheckpoint::refuse_another(const Kept& kept, const tlog::VerifierKey& key) const {
  const auto& origin = kept.checkpoint.origin;
  if (origin != key.name())
    throw BrokenHistory(
        file_.string() + " was published as " + origin + ", and the log's name is " + key.name() +
        " now: bring back its key and transparency.origin, or, if it is to be another log to everybody, "
        "move the file away");
  if (!is_signed_by(kept.note, key))
    throw BrokenHistory(file_.string() + " was signed by another key of " + origin +
                        ": bring back keys/log-signing.pem, or, if it is to be another log to everybody, move the file "
                        "away and give it another origin");
}

std::optional<KeptCheckpoint::Kept> KeptCheckpoint::look() const {
  const auto bytes = read();
  return bytes && *bytes ? parse(**bytes) : std::nullopt;
}

tl::expected<void, std::string> KeptCheckpoint::keep(std::string_view checkpoint) const {
  auto fresh = file_;
  fresh += ".new";
  const auto failed = [&](const std::error_code& error) {
    return tl::unexpected(file_.string() + " cannot be written: " + error.message());
  };
  {
    const auto file = disk_->open(fresh, Disk::OpenMode::create);
    if (!file)
      return failed(file.error());
    if (const auto error = (*file)->write_at(0, checkpoint))
      return failed(error);
    if (const auto error = (*file)->sync())
      return failed(error);
  }
  if (const auto error = disk_->rename(fresh, file_))
    return failed(error);
  return {};
}

tl::expected<std::optional<std::string>, std::string> KeptCheckpoint::read() const {
  const auto failed = [&](const std::error_code& error) {
    return tl::unexpected(file_.string() + ": " + error.message());
  };
  const auto file = disk_->open(file_, Disk::OpenMode::read);
  if (!file && file.error() == std::errc::no_such_file_or_directory)
    return std::nullopt;
  if (!file)
    return failed(file.error());
  auto bytes = (*file)->read_at(0, tlog::note_bytes_max);
  if (!bytes)
    return failed(bytes.error());
  return std::move(*bytes);
}

}  // namespace gatehouse::transparency
