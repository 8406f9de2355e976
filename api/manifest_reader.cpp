#include "api/manifest_reader.hpp"

#include <boost/json/value.hpp>

#include "catalogue/manifest.hpp"
#include "catalogue/scope_catalogue.hpp"
#include "domain/state.hpp"

namespace gatehouse::api {
namespace {

std::vector<ReadError> to_errors(std::vector<catalogue::ManifestError> errors) {
  std::vector<ReadError> result;
  for (auto& error : errors) {
    result.push_back({.pointer = std::move(error.pointer),
                      .code = std::move(error.code),
                      .detail = std::move(error.message),
                      .setting = std::move(error.setting)});
  }
  return result;
}

}  // namespace

ManifestReader make_manifest_reader(const EventLog& log) {
  return [&log](const boost::json::value& document) -> tl::expected<ReadManifest, std::vector<ReadError>> {
    auto report = catalogue::validate_manifest(document, catalogue::ScopeCatalogue::builtin());
    if (!report.ok()) return tl::unexpected(to_errors(std::move(report.errors)));
    if (!report.warnings.empty()) {
      const auto snapshot = log.state();
      const State state(*snapshot, catalogue_stream);
      std::erase_if(report.warnings, [&](const std::string& scope) { return state.scope(scope).has_value(); });
    }
    return ReadManifest{
        .input = {.facts = std::move(report.facts), .text = std::move(report.text), .warnings = std::move(report.warnings)},
        .app_type = std::move(report.app_type)};
  };
}

}  // namespace gatehouse::api
