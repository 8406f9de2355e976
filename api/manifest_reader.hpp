// Manifests in commands: checked by the catalogue's rules, with the scopes that the platform has defined since.
#pragma once
#include "api/command_json.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

// `log` must outlive the reader.
[[nodiscard]] ManifestReader make_manifest_reader(const EventLog& log);

}  // namespace gatehouse::api
