#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

struct ListEvents : ApiFixture {
  void SetUp() override {
    open_account();
    for (const auto* user : {"mia", "noa", "ole"}) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));  // each at a time of its own
      const auto id = std::string(user);
      ASSERT_EQ(command(R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@acme.example"})").status, 200U);
    }
  }

  boost::json::object page(const std::string& query) {
    const auto answer = get("/v1/accounts/acme/events?" + query, owner);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer).as_object();
  }
  static std::vector<std::uint64_t> versions(const boost::json::object& page) {
    std::vector<std::uint64_t> found;
    for (const auto& event : page.at("items").as_array()) found.push_back(event.at("account_version").to_number<std::uint64_t>());
    return found;
  }
  static std::string text(const boost::json::value& event, std::string_view member) { return std::string(event.at(member).as_string()); }

  // The versions of all pages, one event a page.
  std::vector<std::uint64_t> one_by_one(const std::string& query) {
    std::vector<std::uint64_t> found;
    std::string token;
    do {
      const auto next = page(query + "&limit=1&next_page_token=" + token);
      for (const auto version : versions(next)) found.push_back(version);
      token = next.at("next_page_token").as_string();
    } while (!token.empty());
    return found;
  }

  std::vector<std::uint64_t> all() { return versions(page("limit=100")); }
};

using Versions = std::vector<std::uint64_t>;

TEST_F(ListEvents, come_in_pages_with_and_without_a_filter) {
  const auto every = all();
  ASSERT_GE(every.size(), 4U);
  EXPECT_EQ(one_by_one("after=0"), every);
  const auto added = versions(page("type=MemberAdded"));
  EXPECT_GE(added.size(), 3U);
  EXPECT_EQ(one_by_one("type=MemberAdded"), added);
}

TEST_F(ListEvents, are_taken_from_one_time_on_and_before_another) {
  const auto every = page("limit=100");
  const auto count = every.at("items").as_array().size();
  const auto second_last = text(every.at("items").at(count - 2), "recorded_at");
  const auto last = text(every.at("items").at(count - 1), "recorded_at");
  const auto newest = versions(every).back();
  for (const std::string filter : {"", "&type=MemberAdded"}) {
    EXPECT_EQ(versions(page("from=" + last + filter)), Versions{newest});
    EXPECT_EQ(versions(page("from=" + second_last + "&to=" + last + filter)), Versions{newest - 1});
    EXPECT_EQ(versions(page("to=" + last + filter)).back(), newest - 1);
  }
}

TEST_F(ListEvents, with_a_filter_go_as_far_as_the_read_model_and_without_one_to_the_end) {
  const auto every = all();
  gate.hold();
  const auto filtered = page("type=MemberAdded&consistency=eventual");
  EXPECT_EQ(versions(filtered), Versions{});
  EXPECT_EQ(filtered.at("next_page_token").as_string(), "");
  EXPECT_EQ(versions(page("limit=100&consistency=eventual")), every);
}

}  // namespace
}  // namespace gatehouse::api
