#include "backup/make_backup.hpp"

#include <algorithm>
#include <map>

#include "backup/backup_engine.hpp"
#include "backup/prove_backup.hpp"
#include "events/frame.hpp"
#include "store/background_priority.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse {

namespace {

template <class T>
tl::unexpected<BackupError> passed_on(const BackupResult<T>& result) {
  return tl::unexpected(result.error());
}

class BackupMaking {
 public:
  BackupMaking(const RocksEventLog& log, const tlog::NoteSigner& signer, const BackupOrder& order)
      : log_(log), signer_(signer), order_(order) {}

  BackupResult<Backup> run() {
    const auto folder = BackupFolder::open(order_.folder, BackupFolder::Access::change, patience());
    if (!folder)
      return passed_on(folder);
    const auto earlier = folder->backups();
    if (!earlier)
      return passed_on(earlier);
    if (is_of_another_log(*earlier))
      return backup_failed(order_.folder.string() + " has backups of another log: give each log a folder of its own");
    if (const auto records = prove_records(*folder, *earlier); !records)
      return passed_on(records);
    made_at_ = order_.clock();
    const auto reached = log_.mark();
    std::vector<BackupId> finished;
    for (const auto& backup : *earlier)
      finished.push_back(backup.id);
    const auto id = copy_database(*folder, log_, finished,
                                  {.bytes_per_second = order_.bytes_per_second,
                                   .free_bytes_min = order_.free_bytes_min,
                                   .progress = told(BackupStep::copying)});
    if (!id)
      return passed_on(id);
    return at_low_priority([&] { return finish(*folder, *id, reached, *earlier); });
  }

 private:
  BackupResult<Backup> finish(const BackupFolder& folder, BackupId id, const LogMark& reached,
                              const std::vector<Backup>& earlier) const {
    auto made = sign(folder, id, reached, earlier);
    if (!made)
      return given_up(folder, id, with_its_place(folder, made.error(), earlier));
    if (order_.verify) {
      if (const auto verified = verify(folder, *made); !verified)
        return given_up(folder, id, verified.error());
    }
    const auto kept = drop_old(folder, order_.keep);
    if (!kept)
      return passed_on(kept);
    folder.forget_all_but(*kept);
    return made;
  }

  // RocksDB names a file by what it is to the database; what earlier backups share is known by its place in the folder.
  [[nodiscard]] BackupError with_its_place(const BackupFolder& folder, BackupError error,
                                           const std::vector<Backup>& earlier) const {
    if (!error.is_damage || earlier.empty() || !earlier.back().damage.empty())
      return error;
    if (const auto files = prove_files(folder, earlier.back(), told(BackupStep::verifying)); !files)
      error.detail = files.error().detail + "\n" + error.detail;
    return error;
  }

  // What does not hold is no backup: it stays not, and no earlier one goes for it.
  [[nodiscard]] static tl::unexpected<BackupError> given_up(const BackupFolder& folder, BackupId id,
                                                            BackupError error) {
    folder.forget(id);
    if (const auto dropped = drop_one(folder, id); !dropped)
      error.detail += "; nor can it be taken away: " + dropped.error().detail;
    return tl::unexpected(std::move(error));
  }

  [[nodiscard]] BytesSink told(BackupStep step) const {
    return [this, step](std::uint64_t bytes) {
      if (order_.progress)
        order_.progress(step, bytes);
    };
  }

  [[nodiscard]] BackupFolder::Patience patience() const {
    return [this, wait = BackupFolder::up_to(order_.patience)] {
      told(BackupStep::waiting)(0);
      return wait();
    };
  }

  // Logs that have no event yet are told from none.
  [[nodiscard]] bool is_of_another_log(const std::vector<Backup>& earlier) const {
    const auto own = first_link(log_);
    return std::ranges::any_of(earlier, [&](const Backup& backup) {
      return backup.damage.empty() && backup.manifest.first != Digest{} && backup.manifest.first != own;
    });
  }

  BackupResult<Backup> sign(const BackupFolder& folder, BackupId id, const LogMark& reached,
                            const std::vector<Backup>& earlier) const {
    const auto copy = open_backup(folder, id, reached);
    if (!copy)
      return passed_on(copy);
    const auto tree = transparency::tree_head_of(**copy, *(*copy)->projections());
    if (!tree)
      return backup_damaged(tree.error());
    const auto files = list_files(folder, id, earlier);
    if (!files)
      return passed_on(files);
    BackupManifest manifest{.head = (*copy)->mark(),
                            .root = tree->root,
                            .first = first_link(**copy),
                            .recorded_at = last_recorded_at(**copy),
                            .made_at = made_at_,
                            .program = GATEHOUSE_VERSION,
                            .files = files->size(),
                            .file_list = sha256(to_text(*files))};
    for (const auto& file : *files)
      manifest.bytes += file.bytes;
    const auto note = to_note(manifest, signer_);
    if (const auto finished = folder.finish(id, note, *files); !finished)
      return passed_on(finished);
    return Backup{.id = id, .manifest = manifest, .note = tlog::parse_note(note)};
  }

  [[nodiscard]] static Timestamp last_recorded_at(const EventLog& log) {
    const auto last = log.read_at(log.head());
    const auto frame = last ? parse_frame(last->frame) : tl::unexpected(FrameError{});
    return frame ? frame->envelope.recorded_at : Timestamp{};
  }

  // Shared files never change: those that an earlier backup vouches for are not read again.
  [[nodiscard]] BackupResult<FileList> list_files(const BackupFolder& folder, BackupId id,
                                                  const std::vector<Backup>& earlier) const {
    auto files = files_in(folder, id);
    if (!files)
      return files;
    std::map<std::string, ListedFile> known;
    if (!earlier.empty() && earlier.back().damage.empty()) {
      if (const auto listed = folder.files_of(earlier.back())) {
        for (const auto& file : *listed)
          known.emplace(file.path, file);
      }
    }
    for (auto& file : *files) {
      const auto found = known.find(file.path);
      if (found != known.end() && found->second.bytes == file.bytes) {
        file = found->second;
        continue;
      }
      auto read = digest_of(folder.path(), file.path, told(BackupStep::listing));
      if (!read)
        return backup_failed(file.path + ": " + read.error().message());
      file = std::move(*read);
    }
    return files;
  }

  BackupResult<void> verify(const BackupFolder& folder, Backup& made) const {
    if (auto files = prove_files(folder, made, told(BackupStep::verifying)); !files)
      return files;
    const auto events = [this](Position, Position) { told(BackupStep::verifying)(0); };
    if (auto content = prove_content(folder, made, std::nullopt, events); !content)
      return content;
    made.verified_at = order_.clock();
    return folder.mark_verified(made.id, *made.verified_at);
  }

  const RocksEventLog& log_;
  const tlog::NoteSigner& signer_;
  const BackupOrder& order_;
  Timestamp made_at_;
};

}  // namespace

std::string_view to_text(BackupStep step) {
  switch (step) {
  case BackupStep::waiting:
    return "waiting";
  case BackupStep::copying:
    return "copying";
  case BackupStep::listing:
    return "listing";
  case BackupStep::verifying:
    return "verifying";
  case BackupStep::keys:
    return "keys";
  }
  return {};
}

BackupResult<Backup> make_backup(const RocksEventLog& log, const tlog::NoteSigner& signer, const BackupOrder& order) {
  return BackupMaking(log, signer, order).run();
}

}  // namespace gatehouse
