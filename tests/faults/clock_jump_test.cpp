// The machine's clock jumps by two years, ahead and back, while the server runs and between starts.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fstream>

#include "tests/faults/injected_faults.hpp"
#include "tests/faults/workload.hpp"

namespace gatehouse::faults {
namespace {

constexpr std::int64_t two_years = 2 * 365 * 24 * 3'600;

std::string text_of(const boost::json::value& value, std::string_view member) {
  return std::string(value.as_object().at(member).as_string());
}

class ClockJump : public testing::Test {
 protected:
  ClockJump() {
    std::ofstream(folder_.path() / "gatehouse.toml")
        << "[backup]\ndirectory = \"" << (folder_.path() / "backups").string() << "\"\ninterval = \"1h\"\n";
  }

  void start() {
    const InjectedFaults::Preload preload(faults_);
    server_.start();
  }
  // Of somebody whose clock is the server's.
  [[nodiscard]] std::string token(std::string_view account, std::string_view user, std::string_view scope) const {
    const InjectedFaults::Preload preload(faults_);
    return server_.token(account, user, scope);
  }
  Answer add_member(const std::string& id, const std::string& key) {
    return ApiClient(server_.port())
        .post(token("acme", "directory", "directory"), system_test::account_commands,
              R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@example.com"})", key);
  }
  Answer open_account(const std::string& id, const std::string& key) {
    return ApiClient(server_.port())
        .post(token("", "market", "platform"), system_test::platform_commands,
              R"({"type":"OpenAccount","account_id":")" + id +
                  R"(","name":"N","owner":{"user_id":"o","email":"o@example.com","name":"O"}})",
              key);
  }
  // When it was recorded: texts of one form, which sort as the moments do.
  static std::string recorded_at(const Answer& answer) {
    EXPECT_EQ(answer.status, 200U) << answer.head << answer.body;
    const auto body = system_test::json_of(answer);
    return answer.status == 200 ? text_of(body.as_object().at("events").as_array().at(0), "recorded_at") : "";
  }
  static bool is_replayed(const Answer& answer) { return answer.header("Idempotency-Replayed") == "true"; }
  [[nodiscard]] std::size_t backups() const {
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "backups" / "manifests", none))
      count += entry.path().has_extension() ? 0 : 1;
    return count;
  }

  system_test::ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data", {"--config", (folder_.path() / "gatehouse.toml").string()}};
  InjectedFaults faults_{server_.data()};
};

TEST_F(ClockJump, WhileItRunsLeavesRecordedTimesKeysAndSchedulesAlone) {
  start();
  static_cast<void>(system_test::open_marketplace(server_));
  const auto first = recorded_at(add_member("a", "key-a"));
  faults_.set_clock_ahead(two_years);
  const auto ahead = recorded_at(add_member("b", "key-b"));
  EXPECT_GE(ahead, first);
  EXPECT_LE(std::stoi(ahead), std::stoi(first) + 1) << "by its year";
  EXPECT_TRUE(is_replayed(add_member("a", "key-a"))) << "keys of before have not become old";
  EXPECT_NE(server_.output().find("the system's clock jumped"), std::string::npos) << server_.output();
  EXPECT_LE(backups(), 1U) << "an hour has not passed since the first";

  faults_.set_clock_ahead(-two_years);
  const auto behind = recorded_at(add_member("c", "key-c"));
  EXPECT_GE(behind, ahead);
  faults_.set_clock_ahead(0);
  EXPECT_GE(recorded_at(add_member("d", "key-d")), behind);
  EXPECT_NE(server_.output().find("clock is followed again"), std::string::npos) << server_.output();
  for (const std::string id : {"a", "b", "c", "d"})
    EXPECT_TRUE(is_replayed(add_member(id, "key-" + id))) << id;
  EXPECT_EQ(server_.stop(), 0) << server_.output();
  EXPECT_EQ(Workload::verify(server_), "");
}

TEST_F(ClockJump, BetweenStartsLetsNoTimeOfAnAccountGoBackAndNoNewKeyExpire) {
  faults_.set_clock_ahead(two_years);
  start();
  {
    const InjectedFaults::Preload preload(faults_);
    static_cast<void>(system_test::open_marketplace(server_));
  }
  const auto ahead = recorded_at(add_member("a", "key-a"));
  ASSERT_EQ(server_.stop(), 0) << server_.output();
  faults_.set_clock_ahead(0);
  start();
  EXPECT_GE(recorded_at(add_member("b", "key-b")), ahead) << "of that account";
  const auto opened = recorded_at(open_account("other", "key-o"));
  EXPECT_LT(opened, ahead) << "others go by the clock";
  EXPECT_TRUE(is_replayed(open_account("other", "key-o"))) << "its key is new, not two years old";
  EXPECT_TRUE(is_replayed(add_member("a", "key-a")));
  EXPECT_EQ(server_.stop(), 0) << server_.output();
  EXPECT_EQ(Workload::verify(server_), "");
}

}  // namespace
}  // namespace gatehouse::faults
