#include "cli/manifest_reader.hpp"

#include <utility>

#include "catalogue/manifest.hpp"

namespace gatehouse::cli {

tl::expected<api::ReadManifest, std::vector<api::ReadError>> read_manifest(const boost::json::value& document) {
  auto report = catalogue::validate_manifest(document, catalogue::ScopeCatalogue::builtin());
  if (report.ok()) {
    return api::ReadManifest{{std::move(report.facts), std::move(report.text), std::move(report.warnings)}, std::move(report.app_type)};
  }
  std::vector<api::ReadError> errors;
  for (auto& error : report.errors) {
    errors.push_back({std::move(error.pointer), std::move(error.code), std::move(error.message), std::move(error.setting)});
  }
  return tl::unexpected(std::move(errors));
}

}  // namespace gatehouse::cli
