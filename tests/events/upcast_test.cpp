#include "events/upcast.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "events/archive.hpp"
#include "events/frame.hpp"
#include "events/struct_text.hpp"
#include "tests/events/event_filler.hpp"
#include "tests/events/golden_files.hpp"

namespace gatehouse {
namespace {

RC_GTEST_PROP(Upcast, an_app_registered_in_version_one_is_of_type_general_and_else_the_same, (std::uint64_t seed)) {
  const auto old = testing::random_value<v1::AppRegistered>(seed);
  const AppRegistered registered = upcast(old);
  RC_ASSERT(registered.app_type == "general");
  RC_ASSERT(registered.app_id == old.app_id);
  RC_ASSERT(registered.developer == old.developer);
  RC_ASSERT(registered.developer_account_id == old.developer_account_id);
  RC_ASSERT(registered.manifest == old.manifest);
  RC_ASSERT(struct_text(registered.facts) == struct_text(old.facts));
}

RC_GTEST_PROP(Upcast, an_app_added_in_version_one_covered_what_it_granted_and_no_development, (std::uint64_t seed)) {
  const auto old = testing::random_value<v1::AppAddedForAudience>(seed);
  const v2::AppAddedForAudience added = upcast(old);
  RC_ASSERT(added.approved_scopes == old.granted_scopes);
  RC_ASSERT(!added.includes_development);
  RC_ASSERT(added.approved_requests == 0U && added.lifted == 0U);
  RC_ASSERT(added.app_id == old.app_id && added.audience == old.audience && added.user_ids == old.user_ids);
  RC_ASSERT(added.group_ids == old.group_ids && added.added_by == old.added_by && added.added == old.added);
  RC_ASSERT(added.granted_scopes == old.granted_scopes);
}

RC_GTEST_PROP(Upcast, an_app_added_in_version_two_took_the_place_of_what_was_there, (std::uint64_t seed)) {
  const auto old = testing::random_value<v2::AppAddedForAudience>(seed);
  const AppAddedForAudience added = upcast(old);
  RC_ASSERT(struct_text(added) == struct_text(old) + "keeps_present = false\n");
}

RC_GTEST_PROP(Upcast, an_uninstallation_of_version_one_names_no_subscription, (std::uint64_t seed)) {
  const auto old = testing::random_value<v1::AppUninstalled>(seed);
  const AppUninstalled uninstalled = upcast(old);
  RC_ASSERT(uninstalled.subscription_id.empty());
  RC_ASSERT(uninstalled.app_id == old.app_id && uninstalled.target == old.target && uninstalled.user_id == old.user_id);
  RC_ASSERT(uninstalled.by == old.uninstalled_by && uninstalled.cause == old.cause &&
            uninstalled.removed == old.removed);
}

TEST(Upcast, a_stored_version_one_comes_out_of_its_frame_as_the_newest) {
  const auto recorded = decode_frame(testing::read_file(testing::golden_folder() / "AppRegistered.v1.typical.bin"));
  ASSERT_TRUE(recorded) << to_text(recorded.error());
  EXPECT_EQ(recorded->schema_version, 1);
  ASSERT_NE(recorded->known(), nullptr);
  const auto* registered = std::get_if<AppRegistered>(recorded->known());
  ASSERT_NE(registered, nullptr);
  EXPECT_EQ(registered->app_type, "general");
  EXPECT_EQ(registered->app_id, AppId("app_id-1"));
}

TEST(Upcast, the_newest_version_goes_through_unchanged) {
  static_assert(upcast_steps<AppRegistered>() == 0);
  static_assert(upcast_steps<v1::AppRegistered>() == 1);
  AppRegistered registered;
  registered.app_type = "server_to_server";
  EXPECT_EQ(upcast_to_newest(registered).app_type, "server_to_server");
}

}  // namespace
}  // namespace gatehouse
