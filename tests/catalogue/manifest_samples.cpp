#include "tests/catalogue/manifest_samples.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <boost/json/parse.hpp>

namespace gatehouse::catalogue {

namespace json = boost::json;

json::value least_manifest(std::string_view usage) {
  return {{"display_information", {{"display_name", "Least"}}}, {"oauth_information", {{"usage", usage}}}};
}

json::value sound_manifest() {
  return json::parse(R"({
    "display_information": {"display_name": "Sound", "description": "Plain.", "discover_type": "LISTED"},
    "oauth_information": {
      "usage": "USER_OPERATION",
      "development_redirect_uri": "https://dev.sound.example.com/callback",
      "production_redirect_uri": "https://sound.example.com/callback",
      "scopes": [{"scope": "meeting:read:meeting", "optional": false}, {"scope": "user:read:user", "optional": true}]
    },
    "features": {"products": ["ZOOM_MEETING"], "domain_allow_list": [{"domain": "sound.example.com"}]}
  })");
}

json::value read_json(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return json::parse(std::string{std::istreambuf_iterator<char>{stream}, {}});
}

void set_at(json::value& document, std::string_view pointer, const json::value& value) {
  auto* place = &document;
  while (!pointer.empty()) {
    const auto end = std::min(pointer.find('/', 1), pointer.size());
    auto member = std::string{pointer.substr(1, end - 1)};
    pointer.remove_prefix(end);
    if (auto* list = place->if_array()) {
      place = &list->at(std::stoul(member));
      continue;
    }
    for (const auto& [escape, character] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
      for (auto at = member.find(escape); at != std::string::npos; at = member.find(escape, at + 1)) {
        member.replace(at, 2, character);
      }
    }
    if (place->is_null()) {
      place->emplace_object();
    }
    place = &place->as_object()[member];
  }
  *place = value;
}

json::value every_setting() {
  return read_json(std::filesystem::path{GATEHOUSE_SOURCE_DIR} / "tests/catalogue/data/every-setting.json");
}

}  // namespace gatehouse::catalogue
