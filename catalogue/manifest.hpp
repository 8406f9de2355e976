// Checks an app's manifest strictly and takes out of it what the rules need to know. Unlike the vendor, whose
// validation lets some pass, unknown settings, duplicate scopes and bad addresses are errors (R1, D31). All that is
// wrong is told at once. Pure; any thread.
#pragma once
#include <boost/json/fwd.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "catalogue/manifest_errors.hpp"
#include "catalogue/scope_catalogue.hpp"
#include "events/catalogue_events.hpp"

namespace gatehouse::catalogue {

inline constexpr std::size_t manifest_bytes_max = 128 * 1024;   // as compact JSON
inline constexpr std::size_t display_name_characters_max = 49;  // the vendor wants fewer than 50
inline constexpr std::size_t categories_max = 20;

struct ManifestReport {
  std::vector<ManifestError> errors;
  // Names of well-formed scopes that the catalogue does not know, in the manifest's order.
  std::vector<std::string> warnings;
  AppFacts facts;        // complete only without errors
  std::string app_type;  // of a create body; empty otherwise
  std::string text;      // the manifest alone as compact JSON; only without errors

  [[nodiscard]] bool ok() const { return errors.empty(); }
};

// `document` is a manifest, one wrapped in {"manifest": ...}, or the whole body with which the vendor creates an app.
[[nodiscard]] ManifestReport validate_manifest(const boost::json::value& document, const ScopeCatalogue& scopes);

}  // namespace gatehouse::catalogue
