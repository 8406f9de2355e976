// Every projection there is. A new one is added here, and is built by itself at the next start.
#pragma once
#include <memory>
#include <vector>

#include "projections/projection.hpp"

namespace gatehouse {

using ProjectionSet = std::vector<std::shared_ptr<const Projection>>;

// The read models of the present, which answers wait for.
[[nodiscard]] ProjectionSet followed_projections();
// Those and the past, which is followed at its own pace.
[[nodiscard]] ProjectionSet all_projections();

}  // namespace gatehouse
