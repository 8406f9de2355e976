// Projection tables that need not fit in memory and that nobody keeps: in a folder of their own, which is removed with the store. The folder
// is made in `parent` under the name gatehouse-scratch-*; only a process that is killed leaves it behind.
#pragma once
#include <filesystem>
#include <memory>
#include <tl/expected.hpp>

#include "store/projection_store.hpp"

namespace gatehouse {

// Tables of the store must not outlive it.
[[nodiscard]] tl::expected<std::shared_ptr<ProjectionStore>, StoreError>
make_scratch_store(const std::filesystem::path& parent);

// Before the process ends at once, in whatever state the stores are. Any thread.
void remove_scratch_folders();

}  // namespace gatehouse
