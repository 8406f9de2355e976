// Projection tables that need not fit in memory and that nobody keeps: in a ScratchFolder of their own, gatehouse-scratch-* in `parent`.
#pragma once
#include <filesystem>
#include <memory>
#include <tl/expected.hpp>

#include "store/projection_store.hpp"

namespace gatehouse {

// Tables of the store must not outlive it.
[[nodiscard]] tl::expected<std::shared_ptr<ProjectionStore>, StoreError>
make_scratch_store(const std::filesystem::path& parent);

}  // namespace gatehouse
