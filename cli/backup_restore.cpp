#include "cli/backup_restore.hpp"

#include <unistd.h>

#include "api/json/text_writer.hpp"
#include "api/parameters.hpp"
#include "backup/durable.hpp"
#include "cli/backup_exit.hpp"
#include "cli/backup_places.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/unfinished_import.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

// Beside the data, so that it can take its place; gone with all that is in it unless it has, and with the folders that were made for it.
class FolderBeside {
 public:
  explicit FolderBeside(const fs::path& data) : path_(data.string() + ".restoring-" + std::to_string(::getpid())) {
    for (auto next = path_; !fs::exists(next); next = next.parent_path())
      made_ = next;
    std::error_code error;
    fs::create_directories(path_, error);
    if (error)
      throw std::runtime_error(data.string() + " cannot be made: " + error.message());
  }
  ~FolderBeside() {
    std::error_code ignored;
    fs::remove_all(is_placed_ ? path_ : made_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }
  void placed() { is_placed_ = true; }

 private:
  fs::path path_;
  fs::path made_;
  bool is_placed_ = false;
};

fs::path new_folder(const std::string& data) {
  if (data.empty())
    throw std::runtime_error("--data must be the directory to make");
  auto path = fs::absolute(data).lexically_normal();
  if (!path.has_filename())
    path = path.parent_path();
  if (fs::is_symlink(path))
    throw std::runtime_error(data + " is a symbolic link: name the directory itself");
  refuse_unfinished_import(path);
  if (fs::exists(path) && (!fs::is_directory(path) || !fs::is_empty(path)))
    throw std::runtime_error(data + " is not an empty directory: nothing is restored over what is there");
  return path;
}

void print(const RestoredData& restored, const RestoreFlags& flags) {
  std::cout << "restored from backup " << restored.backup.id << ", made at "
            << api::time_text(restored.backup.manifest.made_at) << ": " << restored.head.value << " events, root "
            << restored.root << "; every file, frame, version and hash was checked, and the rows against the events\n";
  for (const auto& remark : restored.remarks)
    std::cout << remark << "\n";
  if (restored.locked > 0)
    std::cout << "The texts about " << restored.locked << " persons are locked: their keys were not there.\n";
  std::cout << (flags.order.checkpoint.empty()
                    ? "The log gets a new key when a server is started: give it another transparency.origin, and tell "
                      "those who "
                      "verify it and its witnesses its new verifier key.\n"
                    : "The log goes on under its key: it has all that the checkpoint was signed for.\n")
            << "Mails and webhooks are held: a server on this data sends none while "
            << outbound_hold_of(flags.data).string() << " is there.\n";
}

BackupResult<void> restore(RestoreFlags& flags) {
  if (!flags.time.empty()) {
    flags.order.point.time = api::parse_time(flags.time);
    if (!flags.order.point.time)
      throw std::runtime_error("--time must be a time such as 2026-03-01T12:00:00Z");
  }
  const auto data = new_folder(flags.data);
  refuse_shared_places({.data = data, .log = flags.order.from, .keys = flags.order.keys});
  FolderBeside beside(data);
  const auto restored = restore_data(flags.order, beside.path());
  if (!restored)
    return tl::unexpected(restored.error());
  if (auto synced = sync_tree(beside.path()); !synced)
    return synced;
  if (auto placed = put_in_place(beside.path(), data, false); !placed)
    return placed;
  beside.placed();
  print(*restored, flags);
  return {};
}

}  // namespace

int run_restore(RestoreFlags flags) {
  return exit_code_of([&] { return restore(flags); });
}

}  // namespace gatehouse::cli
