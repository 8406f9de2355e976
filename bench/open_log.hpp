// The log of a run, with the settings of the product.
#pragma once
#include <filesystem>
#include <memory>

#include "store/rocks_event_log.hpp"

namespace gatehouse::bench {

// Throws std::runtime_error.
[[nodiscard]] std::unique_ptr<RocksEventLog> open_log(const std::filesystem::path& data);

}  // namespace gatehouse::bench
