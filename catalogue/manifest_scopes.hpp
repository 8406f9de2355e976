// The rules on a manifest's scopes: names, duplicates, one level for the whole app, something required.
#pragma once
#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "catalogue/manifest_errors.hpp"
#include "catalogue/scope_catalogue.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse::catalogue {

struct RequestedScopes {
  std::vector<std::string> required;
  std::vector<std::string> optional;
  std::vector<std::string> unknown;  // well-formed, but not in the catalogue
};

// A user-level app asks for user scopes alone, an account-level app for admin and master scopes alone. `level` is
// nothing when the manifest does not say which it is. Entries of the wrong type are passed over: the shape has told
// them.
[[nodiscard]] RequestedScopes read_scopes(const boost::json::array& entries, std::optional<ManagementLevel> level,
                                          const ScopeCatalogue& catalogue, const Place& place, ManifestErrors& errors);

}  // namespace gatehouse::catalogue
