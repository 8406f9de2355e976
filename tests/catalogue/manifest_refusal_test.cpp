// Each thing that may be wrong in a manifest, with the place that the report names.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/manifest.hpp"
#include "catalogue/manifest_shape.hpp"
#include "tests/catalogue/manifest_samples.hpp"

namespace gatehouse::catalogue {
namespace {

namespace json = boost::json;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// "<setting> <code>" of each error.
std::vector<std::string> refusals(const json::value& document) {
  const auto report = validate_manifest(document, ScopeCatalogue::builtin());
  std::vector<std::string> found;
  for (const auto& error : report.errors) {
    EXPECT_FALSE(error.message.empty());
    found.push_back(error.setting + " " + error.code);
  }
  EXPECT_EQ(report.ok(), found.empty());
  EXPECT_EQ(report.text.empty(), !found.empty());
  return found;
}

// After setting the value at the pointer of the sound manifest.
std::vector<std::string> refusals_with(std::string_view pointer, const json::value& value) {
  auto manifest = sound_manifest();
  set_at(manifest, pointer, value);
  return refusals(manifest);
}

std::vector<std::string> refusals_without(std::string_view section, std::string_view name) {
  auto manifest = sound_manifest();
  auto& object = manifest.as_object();
  (section.empty() ? object : object.at(section).as_object()).erase(name);
  return refusals(manifest);
}

json::value scopes(std::string_view list) { return json::parse({list.data(), list.size()}); }

TEST(ManifestRefusal, sound_samples_have_none) {
  EXPECT_THAT(refusals(sound_manifest()), IsEmpty());
  EXPECT_THAT(refusals(every_setting()), IsEmpty());
}

TEST(ManifestRefusal, what_is_no_manifest) {
  EXPECT_THAT(refusals(nullptr), ElementsAre(" wrong_type"));
  EXPECT_THAT(refusals(json::array{}), ElementsAre(" wrong_type"));
  EXPECT_THAT(refusals({{"manifest", "text"}}), ElementsAre(" wrong_type"));
  EXPECT_THAT(refusals(json::object{}),
              UnorderedElementsAre("/display_information missing", "/oauth_information missing"));
}

TEST(ManifestRefusal, required_settings_that_are_missing_or_null) {
  EXPECT_THAT(refusals_without("", "display_information"), ElementsAre("/display_information missing"));
  EXPECT_THAT(refusals_without("display_information", "display_name"),
              ElementsAre("/display_information/display_name missing"));
  EXPECT_THAT(refusals_without("oauth_information", "usage"), ElementsAre("/oauth_information/usage missing"));
  EXPECT_THAT(refusals_with("/oauth_information/usage", nullptr), ElementsAre("/oauth_information/usage missing"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes/0", json::object{}),
              ElementsAre("/oauth_information/scopes[0]/scope missing"));
}

TEST(ManifestRefusal, usage_other_than_the_two) {
  for (const auto* usage : {"ACCOUNT_OPERATION", "user_operation", "", "ADMIN"}) {
    EXPECT_THAT(refusals_with("/oauth_information/usage", usage),
                ElementsAre("/oauth_information/usage invalid_value"));
  }
}

TEST(ManifestRefusal, R1_scopes_of_the_other_level) {
  EXPECT_THAT(refusals_with("/oauth_information/scopes/0/scope", "user:read:user:admin"),
              ElementsAre("/oauth_information/scopes[0] scope_level_mismatch"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes/1/scope", "account:master"),
              ElementsAre("/oauth_information/scopes[1] scope_level_mismatch"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes/1/scope", "brand:new:thing:admin"),
              ElementsAre("/oauth_information/scopes[1] scope_level_mismatch"));
  EXPECT_THAT(refusals_with("/oauth_information/usage", "ADMIN_MANAGEMENT"),
              ElementsAre("/oauth_information/scopes[0] scope_level_mismatch",
                          "/oauth_information/scopes[1] scope_level_mismatch"));
}

TEST(ManifestRefusal, malformed_scopes) {
  for (const auto* scope : {"", "everything", "Meeting:read:meeting", "meeting::read", "meeting:read ", "a:b:c:d:e",
                            "zoomApp:inMeeting", "meeting:read:m\xc3\xa9\x65ting", "admin:read"}) {
    EXPECT_THAT(refusals_with("/oauth_information/scopes/1/scope", scope),
                ElementsAre("/oauth_information/scopes[1] invalid_scope"))
        << scope;
  }
}

TEST(ManifestRefusal, scopes_that_stand_twice) {
  EXPECT_THAT(refusals_with("/oauth_information/scopes/1/scope", "meeting:read:meeting"),
              ElementsAre("/oauth_information/scopes[1] duplicate_scope"));
}

TEST(ManifestRefusal, scopes_that_are_all_optional) {
  EXPECT_THAT(refusals_with("/oauth_information/scopes/0/optional", true),
              ElementsAre("/oauth_information/scopes no_required_scope"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes", json::array{}), IsEmpty());
}

TEST(ManifestRefusal, scope_entries_of_the_wrong_type) {
  EXPECT_THAT(refusals_with("/oauth_information/scopes", scopes(R"(["meeting:read:meeting"])")),
              ElementsAre("/oauth_information/scopes[0] wrong_type"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes/0/optional", "false"),
              ElementsAre("/oauth_information/scopes[0]/optional wrong_type"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes", json::object{}),
              ElementsAre("/oauth_information/scopes wrong_type"));
}

TEST(ManifestRefusal, unknown_settings_at_every_level) {
  for (const auto* section : {"", "/display_information", "/oauth_information", "/oauth_information/scopes[0]",
                              "/features", "/features/domain_allow_list[0]"}) {
    std::string pointer{section};
    if (pointer.ends_with("[0]")) {
      pointer.replace(pointer.size() - 3, 3, "/0");
    }
    EXPECT_THAT(refusals_with(pointer + "/surprise", 1), ElementsAre(std::string{section} + "/surprise unknown_key"));
  }
}

TEST(ManifestRefusal, unknown_settings_deep_inside_the_features) {
  for (const auto* section :
       {"in_client_feature", "in_client_feature/guest_mode", "zoom_client_support/mobile", "embed/phone_sdk",
        "team_chat_subscription/slash_command", "team_chat_subscription/slash_command/welcome_msg", "team_chat_tab",
        "event_subscription", "event_subscription/events/0",
        "event_subscription/events/0/development_event_custom_header"}) {
    auto body = every_setting();
    set_at(body, "/manifest/features/" + std::string{section} + "/surprise", 1);
    const auto found = refusals(body);
    ASSERT_EQ(found.size(), 1U) << section;
    EXPECT_TRUE(found.front().ends_with("/surprise unknown_key")) << found.front();
  }
}

TEST(ManifestRefusal, addresses_that_are_none) {
  for (const auto* name : {"development_redirect_uri", "production_redirect_uri"}) {
    for (const auto* address : {"app.example.com", "ftp://app.example.com", "http://app.example.com", "https://",
                                "https://app.example.com/a b", "javascript:alert(1)"}) {
      EXPECT_THAT(refusals_with("/oauth_information/" + std::string{name}, address),
                  ElementsAre("/oauth_information/" + std::string{name} + " invalid_url"));
    }
  }
  EXPECT_THAT(refusals_with("/oauth_information/development_redirect_uri", "http://localhost:3000/cb"), IsEmpty());
  EXPECT_THAT(refusals_with("/oauth_information/production_redirect_uri", "http://localhost:3000/cb"),
              ElementsAre("/oauth_information/production_redirect_uri invalid_url"));
  EXPECT_THAT(refusals_with("/oauth_information/oauth_allow_list", json::array{"https://a.example.com", "nonsense"}),
              ElementsAre("/oauth_information/oauth_allow_list[1] invalid_url"));
  EXPECT_THAT(refusals_with("/display_information/privacy_url", "privacy"),
              ElementsAre("/display_information/privacy_url invalid_url"));
}

TEST(ManifestRefusal, allowed_domains_that_are_plain_strings_or_no_domains) {
  EXPECT_THAT(refusals_with("/features/domain_allow_list", json::array{"sound.example.com"}),
              ElementsAre("/features/domain_allow_list[0] wrong_type"));
  EXPECT_THAT(refusals_with("/features/domain_allow_list/0/domain", "https://sound.example.com"),
              ElementsAre("/features/domain_allow_list[0]/domain invalid_domain"));
}

TEST(ManifestRefusal, products_that_do_not_exist) {
  EXPECT_THAT(refusals_with("/features/products", json::array{"ZOOM_MEETING", "ZOOM_TEA"}),
              ElementsAre("/features/products[1] invalid_value"));
}

TEST(ManifestRefusal, home_and_domains_without_a_product) {
  auto manifest = sound_manifest();
  set_at(manifest, "/features/products", json::array{});
  set_at(manifest, "/features/development_home_uri", "https://a.example.com");
  set_at(manifest, "/features/production_home_uri", "https://b.example.com");
  EXPECT_THAT(refusals(manifest), ElementsAre("/features/development_home_uri products_required",
                                              "/features/production_home_uri products_required",
                                              "/features/domain_allow_list products_required"));
  EXPECT_THAT(refusals_without("features", "products"), ElementsAre("/features/domain_allow_list products_required"));
}

TEST(ManifestRefusal, chat_subscription_without_a_development_message_url) {
  constexpr auto place = "/features/team_chat_subscription/slash_command/development_message_url missing";
  for (const auto* chat : {R"({"enable":true})", R"({"enable":true,"slash_command":{}})",
                           R"({"enable":true,"slash_command":{"development_message_url":""}})",
                           R"({"enable":true,"slash_command":{"production_message_url":"https://a.example.com"}})"}) {
    EXPECT_THAT(refusals_with("/features/team_chat_subscription", json::parse(chat)), ElementsAre(place)) << chat;
  }
  EXPECT_THAT(refusals_with("/features/team_chat_subscription", json::parse(R"({"enable":false})")), IsEmpty());
}

TEST(ManifestRefusal, names_nobody_can_read) {
  for (const auto* name : {"", "   ", "two\nlines"}) {
    EXPECT_THAT(refusals_with("/display_information/display_name", name),
                ElementsAre("/display_information/display_name invalid_value"));
  }
  EXPECT_THAT(refusals_with("/display_information/display_name", json::string(50, 'x')),
              ElementsAre("/display_information/display_name too_long"));
}

TEST(ManifestRefusal, counts_characters_not_bytes) {
  const auto letters = [](std::size_t count) {
    json::string text;
    for (std::size_t index = 0; index < count; ++index)
      text += "\u00e4";
    return text;
  };
  constexpr auto company = "/display_information/company_name";
  EXPECT_THAT(refusals_with(company, letters(short_text_characters_max)), IsEmpty());
  EXPECT_THAT(refusals_with(company, letters(short_text_characters_max + 1)),
              ElementsAre("/display_information/company_name too_long"));
}

TEST(ManifestRefusal, too_much_of_anything) {
  EXPECT_THAT(refusals_with("/display_information/description", json::string(description_characters_max + 1, 'x')),
              ElementsAre("/display_information/description too_long"));
  EXPECT_THAT(refusals_with("/display_information/marketplace_categories", json::array(categories_max + 1, "x")),
              ElementsAre("/display_information/marketplace_categories too_many"));
  EXPECT_THAT(refusals_with("/oauth_information/scopes", json::array(manifest_scopes_max + 1, nullptr)),
              ElementsAre("/oauth_information/scopes too_many"));
  EXPECT_THAT(refusals_with("/features/customer_form", json::string(manifest_bytes_max, 'x')),
              ElementsAre(" too_large"));
}

TEST(ManifestRefusal, values_of_the_wrong_type) {
  EXPECT_THAT(refusals_with("/display_information", "text"), testing::Contains("/display_information wrong_type"));
  EXPECT_THAT(refusals_with("/display_information/display_name", 5),
              ElementsAre("/display_information/display_name wrong_type"));
  EXPECT_THAT(refusals_with("/oauth_information/strict_mode", 1),
              ElementsAre("/oauth_information/strict_mode wrong_type"));
  EXPECT_THAT(refusals_with("/display_information/discover_type", "PUBLIC"),
              ElementsAre("/display_information/discover_type invalid_value"));
  EXPECT_THAT(refusals_with("/features/connector", json::array{1, json::object{{"rate", 1.5}}}),
              ElementsAre("/features/connector[1]/rate wrong_type"));
}

TEST(ManifestRefusal, names_each_place_from_the_manifest_on_and_from_the_document_on) {
  auto body = every_setting();
  set_at(body, "/manifest/oauth_information/scopes/0/scope", "?");
  set_at(body, "/manifest/a~1b~0c", true);
  set_at(body, "/app_type", "game");
  set_at(body, "/surprise", 1);
  const auto report = validate_manifest(body, ScopeCatalogue::builtin());
  std::vector<std::pair<std::string, std::string>> places;
  for (const auto& error : report.errors) {
    places.emplace_back(error.setting, error.pointer);
  }
  EXPECT_THAT(places,
              UnorderedElementsAre(std::pair("/oauth_information/scopes[0]", "/manifest/oauth_information/scopes/0"),
                                   std::pair("/a/b~c", "/manifest/a~1b~0c"), std::pair("/app_type", "/app_type"),
                                   std::pair("/surprise", "/surprise")));
}

TEST(ManifestRefusal, tells_everything_that_is_wrong_at_once_up_to_a_limit) {
  auto manifest = sound_manifest();
  json::array many;
  for (std::size_t count = 0; count < manifest_scopes_max; ++count) {
    many.push_back(json::object{{"scope", "BAD" + std::to_string(count)}, {"optional", 0}});
  }
  set_at(manifest, "/oauth_information/scopes", many);
  EXPECT_EQ(refusals(manifest).size(), ManifestErrors::errors_max);
}

}  // namespace
}  // namespace gatehouse::catalogue
