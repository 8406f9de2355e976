#include "projections/catalogue.hpp"

#include <gmock/gmock.h>

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::all_pages;
using testing::HandmadeHistory;

class Catalogue : public ::testing::Test {
 protected:
  std::vector<std::string> seen_by(const std::string& account, const CatalogueFilter& filter = {},
                                   CatalogueOrder order = CatalogueOrder::by_name, std::size_t page_size = 2) {
    const auto apps = all_pages<AppId>(
        [&](std::string_view cursor, std::size_t size) {
          return catalogue_page(history_.rows, AccountId{account}, filter, order, cursor, size);
        },
        page_size);
    std::vector<std::string> names;
    for (const auto& app : apps) names.push_back(app.value);
    return names;
  }
  void publish(const std::string& app, bool listed = true) { history_.add(AppPublished{AppId{app}, listed}, "catalogue"); }
  void register_own(const std::string& app, const std::string& account) {
    history_.register_app(app, [&](AppRegistered& event) {
      event.developer = DeveloperKind::account;
      event.developer_account_id = AccountId{account};
    });
  }

  CatalogueProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(Catalogue, shows_an_app_from_its_publication_on) {
  history_.register_app("arlo");
  EXPECT_THAT(seen_by("acme"), IsEmpty());
  publish("arlo");
  EXPECT_THAT(seen_by("acme"), ElementsAre("arlo"));
  history_.add(AppUnpublished{AppId{"arlo"}}, "catalogue");
  EXPECT_THAT(seen_by("acme"), IsEmpty());
}

TEST_F(Catalogue, hides_what_is_unlisted_or_withdrawn) {
  history_.register_app("secret").register_app("gone");
  publish("secret", false);
  publish("gone");
  history_.add(AppWithdrawn{AppId{"gone"}}, "catalogue");
  EXPECT_THAT(seen_by("acme"), IsEmpty());
}

TEST_F(Catalogue, shows_an_accounts_own_apps_to_that_account_alone) {
  register_own("inner", "acme");
  history_.register_app("outer");
  publish("outer");
  EXPECT_THAT(seen_by("acme"), ElementsAre("inner", "outer"));
  EXPECT_THAT(seen_by("other"), ElementsAre("outer"));
  publish("inner");
  EXPECT_THAT(seen_by("acme"), ElementsAre("inner", "outer"));
  EXPECT_THAT(seen_by("other"), ElementsAre("inner", "outer"));
}

TEST_F(Catalogue, keeps_showing_an_own_app_that_is_published_unlisted) {
  register_own("inner", "acme");
  publish("inner", false);
  EXPECT_THAT(seen_by("acme"), ElementsAre("inner"));
  EXPECT_THAT(seen_by("other"), IsEmpty());
}

TEST_F(Catalogue, sorts_by_name_without_regard_to_case_and_follows_a_new_name) {
  for (const auto* app : {"b", "C", "a"}) {
    history_.register_app(app);
    publish(app);
  }
  EXPECT_THAT(seen_by("acme"), ElementsAre("a", "b", "C"));
  AppManifestUpdated renamed{AppId{"a"}, 2, {}, {}};
  renamed.facts.name = "Zebra";
  history_.add(renamed, "catalogue");
  EXPECT_THAT(seen_by("acme"), ElementsAre("b", "C", "a"));
}

TEST_F(Catalogue, sorts_by_age_the_newest_first) {
  for (const auto* app : {"first", "second", "third"}) {
    history_.register_app(app);
    publish(app);
  }
  register_own("own", "acme");
  EXPECT_THAT(seen_by("acme", {}, CatalogueOrder::newest), ElementsAre("own", "third", "second", "first"));
  EXPECT_THAT(seen_by("acme", {}, CatalogueOrder::newest, 1), ElementsAre("own", "third", "second", "first"));
}

TEST_F(Catalogue, finds_apps_by_words_category_developer_level_and_scope) {
  history_.register_app("notes", [](AppRegistered& event) {
    event.facts.name = "Meeting Notes";
    event.facts.company = "Initech";
    event.facts.description = "Writes down what was said";
    event.facts.categories = {"Productivity"};
    event.facts.required_scopes = {"meeting:read"};
    event.facts.optional_scopes = {"user:read"};
  });
  history_.register_app("phone", [](AppRegistered& event) {
    event.developer = DeveloperKind::platform;
    event.facts.level = ManagementLevel::account;
  });
  publish("notes");
  publish("phone");
  EXPECT_THAT(seen_by("acme", {.words = "notes initech SAID"}), ElementsAre("notes"));
  EXPECT_THAT(seen_by("acme", {.words = "notes phone"}), IsEmpty());
  EXPECT_THAT(seen_by("acme", {.words = "  "}), ElementsAre("notes", "phone"));
  EXPECT_THAT(seen_by("acme", {.category = "productivity"}), ElementsAre("notes"));
  EXPECT_THAT(seen_by("acme", {.developer = DeveloperKind::platform}), ElementsAre("phone"));
  EXPECT_THAT(seen_by("acme", {.level = ManagementLevel::user}), ElementsAre("notes"));
  EXPECT_THAT(seen_by("acme", {.scope = "user:read"}), ElementsAre("notes"));
  EXPECT_THAT(seen_by("acme", {.scope = "user"}), IsEmpty());
}

TEST_F(Catalogue, takes_any_name_into_its_order) {
  history_.register_app("odd", [](AppRegistered& event) { event.facts.name = std::string("\0\n", 2) + std::string(500, 'x'); });
  publish("odd");
  EXPECT_THAT(seen_by("acme"), ElementsAre("odd"));
}

TEST_F(Catalogue, any_bytes_are_a_cursor_that_does_no_harm) {
  history_.register_app("a");
  publish("a");
  for (const auto* cursor : {"\xff", "zzz", "b"}) {
    EXPECT_THAT(catalogue_page(history_.rows, AccountId{"acme"}, {}, CatalogueOrder::by_name, cursor, 10).items, IsEmpty());
  }
}

TEST_F(Catalogue, stops_at_an_app_it_never_saw) {
  EXPECT_THROW(projection_.apply(history_.rows, [] {
    RecordedEvent event;
    event.data = Event(AppPublished{AppId{"ghost"}, true});
    return event;
  }()), BrokenRow);
}

}  // namespace
}  // namespace gatehouse
