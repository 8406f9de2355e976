// Manifests as they are sent with an app: whatever is accepted is the same manifest when it is read again from what was kept of it.
#include <cstddef>
#include <cstdint>

#include "api/json/strict_parse.hpp"
#include "catalogue/manifest.hpp"
#include "catalogue/scope_catalogue.hpp"
#include "events/archive.hpp"
#include "table/assert.hpp"

namespace {

using namespace gatehouse;

void check_manifest(const boost::json::value& document) {
  const auto& scopes = catalogue::ScopeCatalogue::builtin();
  const auto report = catalogue::validate_manifest(document, scopes);
  if (!report.ok()) {
    for (const auto& error : report.errors) GATEHOUSE_ASSERT(!error.code.empty() && !error.message.empty());
    return;
  }
  GATEHOUSE_ASSERT(!report.text.empty() && report.text.size() <= catalogue::manifest_bytes_max);
  const auto kept = api::parse_strictly(report.text);
  GATEHOUSE_ASSERT(kept.has_value());
  auto again = catalogue::validate_manifest(*kept, scopes);
  GATEHOUSE_ASSERT(again.ok() && again.text == report.text && again.warnings == report.warnings);
  // The body around a manifest may name the company; what is kept is the manifest alone.
  if (again.facts.company.empty()) again.facts.company = report.facts.company;
  GATEHOUSE_ASSERT(pack(again.facts) == pack(report.facts));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto document = api::parse_strictly({reinterpret_cast<const char*>(data), size})) check_manifest(*document);
  return 0;
}
