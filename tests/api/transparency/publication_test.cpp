#include "api/transparency/publication.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>

#include "tests/api/api_fixture.hpp"
#include "tests/transparency/scripted_cosigner.hpp"

namespace gatehouse::api {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using transparency::WitnessStatus;

Publication with_witnesses(std::optional<std::uint64_t> published) {
  const WitnessStatus there{.name = "w1.example", .url = "http://10.0.0.1", .cosigns = true};
  const WitnessStatus gone{.name = "w2.example", .url = "http://10.0.0.2"};
  return {.lacks_cosignatures = true, .published = published, .cosigning = {{there, gone}, 2}};
}

TEST(Publication, is_of_no_concern_while_checkpoints_are_published) {
  EXPECT_THAT(concerns({.published = 7}), IsEmpty());
  EXPECT_THAT(concerns({.published = 7, .since_start = std::chrono::hours(7)}), IsEmpty());
  EXPECT_THAT(concerns({.published = {}, .since_start = std::chrono::seconds(2)}), IsEmpty()) << "it has just started";
}

TEST(Publication, without_the_quorum_says_who_is_missing_and_from_where_on_but_no_address) {
  EXPECT_THAT(concerns(with_witnesses(812)),
              ElementsAre("unpublished:transparency: 1 of 2 witnesses have cosigned and 2 must, nothing after event "
                          "812 is published; bring back w2.example (the server's log has what each answered), or set "
                          "another transparency.quorum"));
  EXPECT_THAT(concerns(with_witnesses({})), ElementsAre(HasSubstr(" 2 must, nothing is published; ")));
}

TEST(Publication, that_does_not_begin_is_told_after_a_while) {
  EXPECT_THAT(concerns({.since_start = std::chrono::seconds(40)}),
              ElementsAre(StartsWith("unpublished:transparency: nothing has been published since the start, 40 ")));
}

TEST(Publication, tells_of_a_failed_tree_and_of_a_fork_whatever_the_quorum) {
  EXPECT_THAT(concerns({.failed = true, .published = 7}), ElementsAre(StartsWith("failed:transparency: ")));
  auto publication = with_witnesses(7);
  publication.lacks_cosignatures = false;
  publication.cosigning.witnesses[1].differs = true;
  EXPECT_THAT(concerns(publication), ElementsAre(HasSubstr("by the answer of w2.example: ")));
  publication.lacks_cosignatures = true;
  EXPECT_THAT(concerns(publication),
              ElementsAre(EndsWith("nothing after event 7 is published"), StartsWith("fork:transparency: ")))
      << "who differs is not to be brought back";
}

struct Witnesses {
  transparency::ScriptedCosigner witnesses;
};
struct PublicationTest : Witnesses, ApiFixture {
  PublicationTest() : ApiFixture(nullptr, &witnesses) {}

  [[nodiscard]] boost::json::array degraded() { return json_of(get("/readyz", "")).at("degraded").as_array(); }
};

TEST_F(PublicationTest, without_the_quorum_degrades_the_server_and_is_measured) {
  for (int wait = 0; wait < 1'000 && degraded().empty(); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ASSERT_EQ(degraded().size(), 1U);
  EXPECT_THAT(std::string(degraded()[0].as_string()),
              StartsWith("unpublished:transparency: 0 of 1 witnesses have cosigned and 1 must, nothing is published"));
  EXPECT_EQ(get("/readyz", "").status, 200U) << "commands and queries are served";
  const auto labels = std::string("{witness=\"w.example\",url=\"http://w.example\"} ");
  EXPECT_THAT(get("/metrics", "").body, AllOf(HasSubstr("gatehouse_witness_cosigns" + labels + "0\n"),
                                              HasSubstr("gatehouse_witness_cosigned_size" + labels + "0\n"),
                                              HasSubstr("gatehouse_witness_differs" + labels + "0\n"),
                                              HasSubstr("gatehouse_witness_failures_total" + labels + "0\n")));
  witnesses.enough = true;
  for (int wait = 0; wait < 1'000 && !degraded().empty(); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_THAT(degraded(), IsEmpty());
  EXPECT_THAT(get("/metrics", "").body, HasSubstr("gatehouse_witness_cosigns" + labels + "1\n"));
}

}  // namespace
}  // namespace gatehouse::api
