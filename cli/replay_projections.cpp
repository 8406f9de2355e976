#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <stdexcept>

#include "cli/end_on_signal.hpp"
#include "cli/online_rebuild.hpp"
#include "cli/replay.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "domain/rows.hpp"
#include "projections/projection_set.hpp"
#include "replay/build_generations.hpp"
#include "replay/make_anew.hpp"
#include "replay/repair_state.hpp"
#include "replay/verify.hpp"
#include "sealing/subject_keys.hpp"
#include "store/scratch_projection_store.hpp"
#include "store/scrub.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::cli {

namespace {

constexpr int exit_not_done = 1;
constexpr int exit_difference = 3;
constexpr std::size_t fold_memory_bytes_max = 256U << 20;
constexpr std::uint64_t scrub_piece_bytes = 8U << 20U;
constexpr std::string_view state_projection = "state";

ProjectionSet chosen(const ReplayFlags& flags) {
  auto set = all_projections();
  if (flags.all)
    return set;
  std::erase_if(set, [&](const auto& projection) { return projection->name() != flags.projection; });
  if (set.empty() && flags.projection != state_projection)
    throw std::runtime_error("there is no projection " + flags.projection);
  return set;
}

std::shared_ptr<ProjectionStore> scratch_store(const ReplayFlags& flags) {
  auto store = make_scratch_store(flags.scratch);
  if (!store)
    throw std::runtime_error(store.error().detail);
  return std::move(*store);
}

int rebuild_state(RocksEventLog& log, const ReplayFlags& flags) {
  const auto repaired = repair_state(log, *scratch_store(flags), fold_memory_bytes_max, progress_line("state"));
  end_progress_line();
  if (!repaired)
    throw std::runtime_error(repaired.error());
  if (!log.set_state_version(state_rows_version))
    throw std::runtime_error("the state's version cannot be written");
  std::cout << "state: " << repaired->rows << " rows, " << repaired->changed << " changed\n";
  return 0;
}

int rebuild(RocksEventLog& log, const ProjectionSet& set) {
  const auto started = std::chrono::steady_clock::now();
  const auto made = make_anew(log, *log.projections(), set, fold_memory_bytes_max, progress_line("rebuild"));
  end_progress_line();
  int exit_code = 0;
  for (const auto& one : made) {
    std::cout << one.name << ": ";
    if (one.failure.empty())
      std::cout << "rebuilt up to position " << one.position.value << to_text(one.left_out) << "\n";
    else
      std::cout << one.failure << "\n";
    exit_code = one.failure.empty() ? exit_code : exit_not_done;
  }
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::cout << log.head().value << " events in " << std::fixed << std::setprecision(1) << seconds << " s\n";
  return exit_code;
}

// What nobody has asked for above, the persons' keys too: every block of every file. Of the keys' folder what the store names: a process that was killed may have left files that
// belong to nothing.
bool verify_files(const RocksEventLog& log, const std::string& data) {
  std::vector<ScrubFile> files;
  const auto folder = subject_keys_of(data);
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder)) {
    const auto keys = open_subject_keys(folder, KeysAccess::read);
    if (!keys) {
      const auto& detail = keys.error().detail;
      const auto kind = is_of_disk(detail) ? OpenErrorKind::io : OpenErrorKind::corrupt;
      std::cout << "files: " << keys_table << ": " << to_text(OpenError{kind, {}, detail}) << "\n";
      return false;
    }
    for (const auto& file : (*keys)->files())
      files.push_back({std::string(keys_table), file.path, file.bytes});
  }
  auto scrub = log.begin_scrub(std::move(files));
  auto read = scrub.read(scrub_piece_bytes);
  while (read && *read > 0)
    read = scrub.read(scrub_piece_bytes);
  std::cout << "files: " << (read ? "every block is whole" : read.error().table + ": " + to_text(read.error().error))
            << "\n";
  return read.has_value();
}

}  // namespace

int run_replay_verify(const ReplayFlags& flags) {
  const EndOnSignal end_on_signal;
  const auto log = open_stopped_log(flags.data, true);
  if (!log)
    return exit_data_refused;
  auto line = progress_line("log");
  const auto started = std::chrono::steady_clock::now();
  const auto verified = log->verify_chain([&](Position done, Position head) {
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    line({.done = done.value, .total = head.value, .elapsed = elapsed});
  });
  end_progress_line();
  if (!verified) {
    std::cout << "log: " << to_text(verified.error()) << "\n";
    return exit_difference;
  }
  std::cout << "log: " << verified->events << " events of " << verified->streams
            << " streams, every frame, version and hash in order\n";
  int exit_code = 0;
  const auto tree = transparency::verify_tree(*log, *log->projections(), {.parent = flags.scratch});
  std::cout << "tree: " << (tree ? "root " + tlog::to_base64(tree->root) + ", as the log gives it" : tree.error())
            << "\n";
  if (!tree)
    exit_code = exit_difference;
  const auto projections = verify_projections(*log, *log->projections(), *scratch_store(flags), all_projections(),
                                              {.memory_bytes_max = fold_memory_bytes_max,
                                               .progress = progress_line("rows"),
                                               .state_version = log->state_version()});
  end_progress_line();
  for (const auto& projection : projections) {
    std::cout << to_text(projection) << "\n";
    if (projection.verdict == RowsVerdict::differ)
      exit_code = exit_difference;
    else if (projection.verdict == RowsVerdict::not_compared && exit_code == 0)
      exit_code = exit_not_done;
  }
  return verify_files(*log, flags.data) ? exit_code : exit_difference;
}

int run_replay_rebuild(const ReplayFlags& flags) {
  const EndOnSignal end_on_signal;
  if (flags.all == !flags.projection.empty())
    throw std::runtime_error("name one projection, or --all");
  const auto set = chosen(flags);
  if (const auto held = try_stopped_log(flags.data); !held && held.error().kind == OpenErrorKind::locked) {
    if (const auto url = read_server_url(flags.data))
      return rebuild_online(flags, *url);
  }
  const auto log = open_stopped_log(flags.data, false);
  if (!log)
    return exit_data_refused;
  if ((flags.all || set.empty()) && rebuild_state(*log, flags) != 0)
    return 1;
  return set.empty() ? 0 : rebuild(*log, set);
}

int run_replay_projections(const ReplayFlags& flags) {
  const auto log = open_stopped_log(flags.data, true);
  if (!log)
    return exit_data_refused;
  const auto head = log->head().value;
  std::cout << std::left << std::setw(16) << "projection" << std::setw(9) << "version" << std::setw(12) << "position"
            << "lag\n"
            << std::setw(16) << state_projection << std::setw(9) << log->state_version() << std::setw(12) << head << 0
            << "\n";
  for (const auto& projection : all_projections()) {
    const auto table = log->projections()->find(id_of(*projection), GenerationRole::active);
    const auto position = table ? table->snapshot()->checkpoint().value : 0;
    std::cout << std::setw(16) << projection->name() << std::setw(9) << projection->version() << std::setw(12)
              << position << head - position << (table ? "" : "  (not built yet)") << "\n";
    if (const auto kept = log->projections()->find(id_of(*projection), GenerationRole::kept)) {
      const auto kept_position = kept->snapshot()->checkpoint().value;
      std::cout << std::setw(16) << (std::string(projection->name()) + " (kept)") << std::setw(9)
                << projection->version() << std::setw(12) << kept_position << head - kept_position << "\n";
    }
  }
  return 0;
}

}  // namespace gatehouse::cli
