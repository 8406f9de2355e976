#include "cli/demo/demo.hpp"

#include <boost/json/parse.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "cli/demo/chapters.hpp"

namespace gatehouse::demo {

namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char notes[] = {
#embed "../../catalogue/manifests/meeting-notes.json"
};
constexpr char calendar[] = {
#embed "../../catalogue/manifests/calendar-companion.json"
};
constexpr char reports[] = {
#embed "../../catalogue/manifests/usage-reports.json"
};
constexpr char rooms[] = {
#embed "../../catalogue/manifests/room-displays.json"
};
constexpr char expenses[] = {
#embed "../../catalogue/manifests/expense-helper.json"
};
#pragma clang diagnostic pop

// Bare, or inside a create body.
const boost::json::object& manifest_of(const boost::json::value& value) {
  const auto& body = value.as_object();
  const auto* inner = body.if_contains("manifest");
  return inner != nullptr ? inner->as_object() : body;
}

App app_from(std::string_view text) {
  App app;
  app.manifest = manifest_of(boost::json::parse(text));
  app.name = std::string(app.manifest.at("display_information").at("display_name").as_string());
  return app;
}

template <std::size_t size>
App embedded(const char (&bytes)[size]) {
  return app_from(std::string_view(bytes, size));
}

std::vector<App> apps_in(const std::string& folder) {
  std::set<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".json") files.insert(file.path());
  }
  std::vector<App> apps;
  for (const auto& path : files) {
    std::ifstream file(path);
    apps.push_back(app_from(std::string(std::istreambuf_iterator<char>(file), {})));
  }
  return apps;
}

std::string fresh_account_id() {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  return "demo-" + std::to_string(now.count());
}

}  // namespace

int play(const Options& options, const Stage::Mint& mint, std::ostream& out) try {
  Cast cast{embedded(notes), embedded(calendar), embedded(reports), embedded(rooms), embedded(expenses), {}};
  if (options.manifests_folder) cast.more = apps_in(*options.manifests_folder);
  Client client(options.url);
  Stage stage(client, mint, fresh_account_id(), out);
  open_the_marketplace(stage, cast);
  open_the_account(stage, cast);
  request_and_approve(stage, cast);
  limit_who_can_install(stage, cast);
  reject_a_request(stage, cast);
  disable_and_enable(stage, cast);
  request_to_install(stage, cast);
  uninstall(stage, cast);
  look_back(stage);
  out << "\nThe whole story in " << stage.steps() << " steps, every answer as the rules say.\n";
  return 0;
} catch (const std::exception& error) {
  out << "\nA surprise: " << error.what() << "\n";
  return 1;
}

}  // namespace gatehouse::demo
