#include "store/scratch_projection_store.hpp"

#include <utility>

#include "store/open_options.hpp"
#include "store/rocks_projection_store.hpp"
#include "store/scratch_folder.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t block_cache_bytes = 64U << 20;  // beside that of the log that is folded

// The store goes first, the folder last.
struct Scratch {
  ScratchFolder folder;
  std::shared_ptr<RocksProjectionStore> store;
};

tl::unexpected<StoreError> failed(const std::filesystem::path& parent, const std::string& reason) {
  return tl::unexpected(StoreError{"no scratch space in " + parent.string() + ": " + reason});
}

}  // namespace

tl::expected<std::shared_ptr<ProjectionStore>, StoreError> make_scratch_store(const std::filesystem::path& parent) {
  auto folder = ScratchFolder::make(parent, "gatehouse-scratch-");
  if (!folder)
    return failed(parent, folder.error().message());
  OpenOptions options;
  options.data_dir = folder->path();
  options.block_cache_bytes = block_cache_bytes;
  auto lock = DataLock::take(options.data_dir, false);
  if (!lock)
    return failed(parent, to_text(lock.error()));
  auto database = RocksDatabase::open(options, std::move(*lock));
  if (!database)
    return failed(parent, database.error().ToString());
  auto store = RocksProjectionStore::open(std::move(*database));
  if (!store)
    return failed(parent, store.error().ToString());
  const auto scratch = std::make_shared<Scratch>(std::move(*folder), std::move(*store));
  return std::shared_ptr<ProjectionStore>(scratch, scratch->store.get());
}

}  // namespace gatehouse
