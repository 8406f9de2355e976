#include "projections/named_ids.hpp"

#include <gmock/gmock.h>

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NamedIds, finds_ids_however_deep_they_stand) {
  PreApprovalGranted granted;
  granted.app_id = AppId{"app"};
  granted.entries = {{EntryId{"e1"}, EntryKind::user, UserId{"bob"}, {}, {}}, {EntryId{"e2"}, EntryKind::group, {}, GroupId{"g"}, {}}};
  const Event event(granted);
  const auto ids = named_ids(event);
  EXPECT_THAT(ids.apps, ElementsAre("app"));
  EXPECT_THAT(ids.users, ElementsAre("bob"));
}

TEST(NamedIds, names_each_once_and_in_order) {
  AppAddedForAudience added;
  added.app_id = AppId{"app"};
  added.user_ids = {UserId{"zoe"}, UserId{"ann"}, UserId{"zoe"}};
  added.added_by = UserId{"ann"};
  const Event event(added);
  EXPECT_THAT(named_ids(event).users, ElementsAre("ann", "zoe"));
}

TEST(NamedIds, finds_nobody_in_an_event_about_nobody) {
  const Event event(UserInstallBlockChanged{true});
  EXPECT_THAT(named_ids(event).users, IsEmpty());
  EXPECT_THAT(named_ids(event).apps, IsEmpty());
}

}  // namespace
}  // namespace gatehouse
