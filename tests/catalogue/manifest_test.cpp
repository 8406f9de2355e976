#include "catalogue/manifest.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/catalogue/manifest_samples.hpp"

namespace gatehouse::catalogue {
namespace {

namespace json = boost::json;

using testing::ElementsAre;
using testing::IsEmpty;

ManifestReport validate(const json::value& document) { return validate_manifest(document, ScopeCatalogue::builtin()); }

std::string told(const ManifestReport& report) {
  std::string text;
  for (const auto& error : report.errors) {
    text += error.setting + " " + error.code + ": " + error.message + "\n";
  }
  return text;
}

TEST(Manifest, with_every_setting_is_accepted_and_its_facts_are_read) {
  const auto report = validate(every_setting());
  ASSERT_TRUE(report.ok()) << told(report);
  const auto& facts = report.facts;
  EXPECT_EQ(facts.name, "Board Room");
  EXPECT_EQ(facts.description, "Plans, runs and minutes the meetings of a board.");
  EXPECT_EQ(facts.company, "Board Room Works");
  EXPECT_THAT(facts.categories, ElementsAre("Governance", "Productivity"));
  EXPECT_EQ(facts.level, ManagementLevel::account);
  EXPECT_TRUE(facts.listed);
  EXPECT_THAT(facts.required_scopes, ElementsAre("meeting:read:list_meetings:admin", "board:read:minutes:admin"));
  EXPECT_THAT(facts.optional_scopes, ElementsAre("account:read:list_sub_accounts:master"));
  EXPECT_TRUE(facts.has_production && facts.has_development);
  EXPECT_EQ(facts.support_url, "https://board-room.example.com/support");
  EXPECT_EQ(facts.terms_url, "https://board-room.example.com/terms");
  EXPECT_EQ(facts.privacy_url, "https://board-room.example.com/privacy");
  EXPECT_EQ(facts.documentation_url, "https://board-room.example.com/docs");
  EXPECT_THAT(report.warnings, ElementsAre("board:read:minutes:admin"));
  EXPECT_EQ(report.app_type, "general");
}

TEST(Manifest, is_the_same_bare_wrapped_and_in_a_create_body) {
  const auto body = every_setting();
  const auto& manifest = body.at("manifest");
  const auto bare = validate(manifest);
  const auto wrapped = validate({{"manifest", manifest}});
  const auto whole = validate(body);
  for (const auto* report : {&bare, &wrapped, &whole}) {
    EXPECT_TRUE(report->ok()) << told(*report);
    EXPECT_EQ(report->text, bare.text);
    EXPECT_EQ(report->facts.name, "Board Room");
  }
  EXPECT_EQ(json::parse(bare.text), manifest);
  EXPECT_EQ(bare.app_type, "");
}

TEST(Manifest, that_ships_with_the_product_is_accepted) {
  std::size_t count = 0;
  for (const auto& file :
       std::filesystem::directory_iterator{std::filesystem::path{GATEHOUSE_SOURCE_DIR} / "catalogue/manifests"}) {
    const auto report = validate(read_json(file.path()));
    EXPECT_TRUE(report.ok()) << file.path() << "\n" << told(report);
    ++count;
  }
  EXPECT_GE(count, 4U);
}

TEST(Manifest, needs_no_more_than_a_name_and_a_usage) {
  const auto report = validate(least_manifest());
  EXPECT_TRUE(report.ok()) << told(report);
  EXPECT_EQ(report.facts.level, ManagementLevel::user);
  EXPECT_THAT(report.facts.required_scopes, IsEmpty());
  EXPECT_FALSE(report.facts.listed);
  EXPECT_EQ(validate(least_manifest("ADMIN_MANAGEMENT")).facts.level, ManagementLevel::account);
}

TEST(Manifest, may_leave_settings_null) {
  auto manifest = sound_manifest();
  for (const auto* pointer : {"/display_information/description", "/oauth_information/scopes", "/features"}) {
    set_at(manifest, pointer, nullptr);
  }
  EXPECT_TRUE(validate(manifest).ok()) << told(validate(manifest));
}

TEST(Manifest, takes_names_and_addresses_from_the_developer_where_the_display_has_none) {
  auto body = every_setting();
  auto& display = body.at("manifest").at("display_information").as_object();
  for (const auto* name : {"company_name", "support_url", "terms_url", "privacy_url"}) {
    display.erase(name);
  }
  const auto facts = validate(body).facts;
  EXPECT_EQ(facts.company, "Developer Company");
  EXPECT_EQ(facts.support_url, "https://developer.example.com/support");
  EXPECT_EQ(facts.terms_url, "https://developer.example.com/terms");
  EXPECT_EQ(facts.privacy_url, "https://developer.example.com/privacy");
  body.at("manifest").as_object().erase("developer_information");
  EXPECT_EQ(validate(body).facts.company, "Body Company");
}

TEST(Manifest, lacks_a_set_of_credentials_only_when_it_redirects_the_other_alone) {
  const auto credentials = [](std::string_view production, std::string_view development) {
    auto manifest = least_manifest();
    auto& oauth = manifest.at("oauth_information").as_object();
    oauth["production_redirect_uri"] = production;
    oauth["development_redirect_uri"] = development;
    const auto facts = validate(manifest).facts;
    return std::pair{facts.has_production, facts.has_development};
  };
  constexpr std::string_view address = "https://app.example.com/callback";
  EXPECT_EQ(credentials(address, address), std::pair(true, true));
  EXPECT_EQ(credentials(address, ""), std::pair(true, false));
  EXPECT_EQ(credentials("", address), std::pair(false, true));
  EXPECT_EQ(credentials("", ""), std::pair(true, true));
  const auto unsaid = validate(least_manifest()).facts;
  EXPECT_TRUE(unsaid.has_production && unsaid.has_development);
}

TEST(Manifest, names_well_formed_scopes_that_the_catalogue_does_not_know) {
  auto manifest = sound_manifest();
  manifest.at("oauth_information").at("scopes") = json::parse(R"([
    {"scope": "zoomapp:inmeeting", "optional": false},
    {"scope": "meeting:read:meeting", "optional": false},
    {"scope": "meeting:read:meeting_transcript", "optional": true},
    {"scope": "user_profile", "optional": true}])");
  const auto report = validate(manifest);
  EXPECT_TRUE(report.ok()) << told(report);
  EXPECT_THAT(report.warnings, ElementsAre("zoomapp:inmeeting", "meeting:read:meeting_transcript"));
  EXPECT_THAT(report.facts.optional_scopes, ElementsAre("meeting:read:meeting_transcript", "user_profile"));
}

TEST(Manifest, display_name_may_have_49_characters_of_any_script) {
  auto manifest = least_manifest();
  std::string name;
  for (std::size_t count = 0; count < display_name_characters_max; ++count) {
    name += "\xc3\xa9";
  }
  set_at(manifest, "/display_information/display_name", json::string_view{name.data(), name.size()});
  EXPECT_TRUE(validate(manifest).ok());
  name += "e";
  set_at(manifest, "/display_information/display_name", json::string_view{name.data(), name.size()});
  EXPECT_FALSE(validate(manifest).ok());
}

}  // namespace
}  // namespace gatehouse::catalogue
