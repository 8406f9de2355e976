#include "api/json/described_writer.hpp"

#include <gtest/gtest.h>

#include "events/catalogue_events.hpp"
#include "events/request_events.hpp"
#include "events/subscription_events.hpp"

namespace gatehouse::api {
namespace {

template <class T>
std::string written(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

TEST(DescribedWriter, writes_every_member_under_its_name) {
  EXPECT_EQ(written(AppInstalled{.app_id = AppId("a"),
                                 .subscription_id = SubscriptionId("s"),
                                 .scope = SubscriptionScope::account,
                                 .installed_for = UserId("u"),
                                 .installed_by = UserId("v"),
                                 .credentials = Credentials::development,
                                 .granted_scopes = {"x", "y"},
                                 .declined_optional_scopes = {},
                                 .gate = {{3, "member"}},
                                 .fulfilled = 7}),
            R"({"app_id":"a","subscription_id":"s","scope":"account","installed_for":"u","installed_by":"v",)"
            R"("credentials":"development","granted_scopes":["x","y"],"declined_optional_scopes":[],)"
            R"("gate":[{"step":3,"outcome":"member"}],"fulfilled":7})");
}

TEST(DescribedWriter, leaves_out_what_holds_nothing) {
  EXPECT_EQ(written(PreApprovalRequestRejected{AppId("a"), RequestId("r"), UserId("u"), UserId(), PersonalText()}),
            R"({"app_id":"a","request_id":"r","user_id":"u"})");
}

TEST(DescribedWriter, writes_personal_text_as_the_text) {
  EXPECT_EQ(written(PersonalText{"u1", "A \"reason\""}), R"("A \"reason\"")");
}

TEST(DescribedWriter, drops_the_underscore_of_names_that_are_keywords) { EXPECT_EQ(written(AppClass::public_), R"("public")"); }

TEST(DescribedWriter, shows_a_manifest_as_the_json_it_is) {
  const AppManifestUpdated event{AppId("a"), 2, {}, R"({"display_information":{"display_name":"X"}})"};
  EXPECT_NE(written(event).find(R"("manifest":{"display_information":{"display_name":"X"}}})"), std::string::npos);
}

TEST(DescribedWriter, closes_objects_and_arrays_at_the_end_of_their_scope) {
  std::string out;
  {
    ObjectWriter object(out);
    object.member("a", 1U).member_if_any("b", std::string()).member("c", true);
    ArrayWriter(object.key("d")).element("x").element(std::string("y"));
  }
  EXPECT_EQ(out, R"({"a":1,"c":true,"d":["x","y"]})");
}

}  // namespace
}  // namespace gatehouse::api
