// Reads a manifest in a command with the shipped scope catalogue.
#pragma once
#include "api/command_json.hpp"

namespace gatehouse::cli {

// A ManifestReader for the API. Any thread.
[[nodiscard]] tl::expected<api::ReadManifest, std::vector<api::ReadError>> read_manifest(const boost::json::value& document);

}  // namespace gatehouse::cli
