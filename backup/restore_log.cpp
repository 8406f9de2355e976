#include "backup/restore_log.hpp"

#include <algorithm>

#include "backup/backup_engine.hpp"
#include "backup/prove_backup.hpp"
#include "domain/rows.hpp"
#include "projections/projection_set.hpp"
#include "replay/build_generations.hpp"
#include "replay/make_anew.hpp"
#include "replay/renew_state.hpp"
#include "replay/verify.hpp"
#include "store/log_cut.hpp"
#include "store/scratch_projection_store.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t fold_memory_bytes_max = 256U << 20;
constexpr std::uint64_t ballast_bytes = 4096;  // the server makes its own

class LogRestore {
 public:
  LogRestore(const BackupFolder& folder, const std::filesystem::path& data, const ProgressSink& progress)
      : folder_(folder), data_(data), progress_(progress) {
    options_.data_dir = data;
    options_.reserve.ballast_bytes = ballast_bytes;
  }

  BackupResult<RestoredLog> run(const Backup& backup, const RestorePoint& point) {
    if (const auto proven = prove_files(folder_, backup, {}); !proven)
      return tl::unexpected(proven.error());
    auto end = end_in(backup, point);
    if (!end)
      return tl::unexpected(end.error());
    if (const auto put = restore_database(folder_, backup.id, data_ / "db"); !put)
      return tl::unexpected(put.error());
    auto head = backup.manifest.head;
    if (const auto witness = Witness::create(*options_.disk, data_ / "witness", head); !witness)
      return backup_failed("witness: " + witness.error().message());
    const bool is_cut = *end != head.position;
    if (is_cut) {
      const auto cut = cut_log(options_, *end);
      if (!cut)
        return backup_damaged(reason_of(cut.error()));
      head = *cut;
    }
    auto log = RocksEventLog::open(options_);
    if (!log)
      return backup_damaged(reason_of(log.error()));
    RestoredLog restored{std::move(*log), backup, is_cut};
    if (const auto proven = is_cut ? prove_cut(*restored.log, head) : prove_whole(restored, backup.manifest); !proven)
      return tl::unexpected(proven.error());
    return restored;
  }

 private:
  BackupResult<Position> end_in(const Backup& backup, const RestorePoint& point) const {
    const auto& head = backup.manifest.head;
    const auto log = open_backup(folder_, backup.id, head);
    if (!log)
      return tl::unexpected(log.error());
    // What is cut is not asked for the manifest's root any more.
    if (const auto chain = prove_chain(**log, head); !chain)
      return tl::unexpected(chain.error());
    return end_of(**log, point);
  }

  BackupResult<void> prove_chain(const RocksEventLog& log, const LogMark& head) const {
    const auto verified = log.verify_chain({});
    if (!verified)
      return backup_damaged(to_text(verified.error()));
    if (verified->head.position != head.position || verified->head.chain != head.chain)
      return backup_damaged("the log ends at event " + std::to_string(verified->head.position.value) +
                            " and not, or with another chain, where it should, at " +
                            std::to_string(head.position.value));
    return {};
  }

  BackupResult<std::shared_ptr<ProjectionStore>> scratch() const {
    auto store = make_scratch_store(data_);
    if (!store)
      return backup_failed(store.error().detail);
    return std::move(*store);
  }

  // Its derived rows are made anew, so there is nothing to compare them with.
  BackupResult<void> prove_cut(RocksEventLog& log, const LogMark& head) const {
    if (auto chain = prove_chain(log, head); !chain)
      return chain;
    const auto rows = scratch();
    if (!rows)
      return tl::unexpected(rows.error());
    if (const auto repaired = repair_state(log, **rows, fold_memory_bytes_max, progress_); !repaired)
      return backup_damaged("state: " + repaired.error());
    if (!log.set_state_version(state_rows_version))
      return backup_failed("the state's version cannot be written: " + log.read_only_reason());
    return {};
  }

  BackupResult<void> prove_whole(RestoredLog& restored, const BackupManifest& manifest) const {
    auto& log = *restored.log;
    if (auto chain = prove_chain(log, manifest.head); !chain)
      return chain;
    const auto tree = transparency::verify_tree(log, *log.projections(), {.parent = data_});
    if (!tree)
      return backup_damaged(tree.error());
    if (tree->root != manifest.root)
      return backup_damaged("the events do not give the root that the manifest says");
    const auto rows = scratch();
    if (!rows)
      return tl::unexpected(rows.error());
    // Rows that another version of the program made cannot be compared.
    const auto renewed = renew_state(log, **rows, state_rows_version, fold_memory_bytes_max, progress_);
    if (!renewed)
      return backup_damaged("state: " + renewed.error());
    return prove_rows(restored);
  }

  BackupResult<void> prove_rows(RestoredLog& restored) const {
    const auto& log = *restored.log;
    auto& store = *log.projections();
    auto built = all_projections();
    std::erase_if(built, [&](const auto& projection) {
      return log.projections()->find(id_of(*projection), GenerationRole::active) == nullptr;
    });
    const auto rows = scratch();
    if (!rows)
      return tl::unexpected(rows.error());
    const auto verified = verify_projections(log, *log.projections(), **rows, built,
                                             {.memory_bytes_max = fold_memory_bytes_max, .progress = progress_});
    ProjectionSet wrong;
    for (const auto& one : verified) {
      if (one.verdict == RowsVerdict::not_compared)
        return backup_failed(to_text(one));
      if (one.verdict == RowsVerdict::as_folded) {
        if (!one.left_out.parked.empty())
          restored.remarks.push_back(to_text(one));
        continue;
      }
      const auto projection = std::ranges::find(built, one.name, [](const auto& any) { return any->name(); });
      if (projection == built.end())  // the state
        return backup_damaged(to_text(one));
      restored.remarks.push_back(to_text(one) + (one.is_kept ? "\n  left out" : "\n  made anew"));
      if (!one.is_kept)
        wrong.push_back(*projection);
      else if (const auto dropped = store.drop(*store.find(id_of(**projection), GenerationRole::kept)); !dropped)
        return backup_failed(dropped.error().detail);
    }
    return make_rows_anew(restored, wrong);
  }

  // The log is whole, so its rows can be had from it.
  BackupResult<void> make_rows_anew(RestoredLog& restored, const ProjectionSet& wrong) const {
    if (wrong.empty())
      return {};
    for (auto& made : make_anew(*restored.log, *restored.log->projections(), wrong, fold_memory_bytes_max, progress_)) {
      if (!made.failure.empty())
        return backup_failed(made.name + ": " + made.failure);
      restored.made_anew.push_back(std::move(made.name));
    }
    return {};
  }

  const BackupFolder& folder_;
  const std::filesystem::path& data_;
  const ProgressSink& progress_;
  OpenOptions options_;
};

}  // namespace

BackupResult<RestoredLog> restore_log(const BackupFolder& folder, const RestorePoint& point,
                                      const std::filesystem::path& data, const ProgressSink& progress) {
  const auto backups = folder.backups();
  const auto chosen = backups ? choose_backup(*backups, point) : tl::unexpected(backups.error());
  if (!chosen)
    return tl::unexpected(chosen.error());
  return LogRestore(folder, data, progress).run(*chosen, point);
}

}  // namespace gatehouse
