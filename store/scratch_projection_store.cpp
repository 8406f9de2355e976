#include "store/scratch_projection_store.hpp"

#include <cstdlib>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include "store/open_options.hpp"
#include "store/rocks_projection_store.hpp"

namespace gatehouse {

namespace {

// Of all that are there, for remove_scratch_folders().
class ScratchFolders {
 public:
  void add(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    paths_.insert(path);
  }
  void remove(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
    const std::lock_guard lock(mutex_);
    paths_.erase(path);
  }
  [[nodiscard]] std::set<std::filesystem::path> all() {
    const std::lock_guard lock(mutex_);
    return paths_;
  }

 private:
  std::mutex mutex_;
  std::set<std::filesystem::path> paths_;
};

ScratchFolders& scratch_folders() {
  static ScratchFolders folders;
  return folders;
}

class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) { scratch_folders().add(path_); }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    if (!path_.empty())
      scratch_folders().remove(path_);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The store goes first, the folder last.
struct Scratch {
  ScratchFolder folder;
  std::shared_ptr<RocksProjectionStore> store;
};

tl::unexpected<StoreError> failed(const std::filesystem::path& parent, const std::string& reason) {
  return tl::unexpected(StoreError{"no scratch space in " + parent.string() + ": " + reason});
}

}  // namespace

void remove_scratch_folders() {
  for (const auto& path : scratch_folders().all())
    scratch_folders().remove(path);
}

tl::expected<std::shared_ptr<ProjectionStore>, StoreError> make_scratch_store(const std::filesystem::path& parent) {
  auto name = (parent / "gatehouse-scratch-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    return failed(parent, std::error_code(errno, std::generic_category()).message());
  ScratchFolder folder{name};
  OpenOptions options;
  options.data_dir = folder.path();
  auto lock = DataLock::take(options.data_dir, false);
  if (!lock)
    return failed(parent, to_text(lock.error()));
  auto database = RocksDatabase::open(options, std::move(*lock));
  if (!database)
    return failed(parent, database.error().ToString());
  auto store = RocksProjectionStore::open(std::move(*database));
  if (!store)
    return failed(parent, store.error().ToString());
  const auto scratch = std::make_shared<Scratch>(std::move(folder), std::move(*store));
  return std::shared_ptr<ProjectionStore>(scratch, scratch->store.get());
}

}  // namespace gatehouse
