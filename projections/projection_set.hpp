// Every projection that follows the log. A new one is added here, and is built by itself at the next start.
#pragma once
#include <memory>
#include <vector>

#include "projections/projection.hpp"

namespace gatehouse {

using ProjectionSet = std::vector<std::shared_ptr<const Projection>>;

[[nodiscard]] ProjectionSet followed_projections();

}  // namespace gatehouse
