// Reads are linearizable: whoever asks after an acknowledgement, on whatever connection, is told of it. Writers and readers run side by side;
// each writer asks, on a connection of its own, the moment its command is acknowledged. "permissions", "installability" and a request are
// read from the log's own state; "events", "requests", the inbox and the approvals from projections that follow it.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <atomic>
#include <memory>
#include <thread>

#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

constexpr int changes_count = 60;
constexpr int noise_count = 3;

class LinearizableReads : public testing::Test {
 protected:
  LinearizableReads() : server_(folder_.path() / "data") {}

  void SetUp() override {
    server_.start();
    tokens_ = open_marketplace(server_);
  }

  const std::string& token(std::string_view who) const { return tokens_.find(who)->second; }

  // The acknowledged answer's JSON; a failure and null otherwise.
  boost::json::value command(ApiClient& writer, std::string_view who, const std::string& body) const {
    const auto answer = writer.post(token(who), account_commands, body);
    EXPECT_EQ(answer.status, 200U) << body << "\n" << answer.body;
    return json_of(answer);
  }
  boost::json::value query(ApiClient& reader, std::string_view who, const std::string& path) const {
    const auto answer = reader.get(token(who), "/v1/accounts/acme" + path);
    EXPECT_EQ(answer.status, 200U) << path << "\n" << answer.body;
    return json_of(answer);
  }

  // Keeps the follower busy and the commit groups full until told to end.
  void make_noise(int index, const std::atomic<bool>& enough) const {
    ApiClient client(server_.port());
    for (int made = 0; !enough; ++made) {
      const auto id = "noise-" + std::to_string(index) + "-" + std::to_string(made);
      command(client, "directory", R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@example.com"})");
    }
  }

  template <class Work>
  void under_load(const Work& work) {
    std::atomic<bool> enough = false;
    std::vector<std::jthread> noise;
    const std::shared_ptr<void> end(nullptr, [&](void*) { enough = true; });
    for (int index = 0; index < noise_count; ++index) noise.emplace_back([&, index] { make_noise(index, enough); });
    work();
  }

  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
};

std::uint64_t number_at(const boost::json::value& value, const char* pointer) {
  boost::system::error_code error;
  const auto* found = value.find_pointer(pointer, error);
  return found == nullptr ? 0 : found->to_number<std::uint64_t>(error);
}

std::string text_at(const boost::json::value& value, const char* pointer) {
  boost::system::error_code error;
  const auto* found = value.find_pointer(pointer, error);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

TEST_F(LinearizableReads, PermissionsAreThoseThatWereAcknowledged) {
  under_load([&] {
    ApiClient writer(server_.port());
    ApiClient reader(server_.port());
    for (int change = 0; change < changes_count; ++change) {
      const bool blocked = change % 2 == 0;
      command(writer, "admin", std::string(R"({"type":"SetUserInstallBlock","blocked":)") + (blocked ? "true}" : "false}"));
      const auto answer = reader.get(token("viewer"), "/v1/accounts/acme/permissions");
      EXPECT_NE(answer.body.find(std::string(R"(_blocked":)") + (blocked ? "true" : "false")), std::string::npos) << answer.body;
    }
  });
}

TEST_F(LinearizableReads, InstallabilityAndApprovalsFollowTheAdminAtOnce) {
  under_load([&] {
    ApiClient writer(server_.port());
    ApiClient reader(server_.port());
    for (int change = 0; change < changes_count; ++change) {
      const bool restricted = change % 2 == 0;
      command(writer, "admin", std::string(R"({"type":")") + (restricted ? "RestrictApp" : "LiftRestriction") + R"(","app_id":"notes"})");
      const auto gate = query(reader, "u0", "/apps/notes/installability");
      EXPECT_EQ(text_at(gate, "/reason") == "app_restricted", restricted) << boost::json::serialize(gate);
      const auto restrictions = query(reader, "viewer", "/restrictions");
      EXPECT_EQ(restrictions.as_object().at("items").as_array().empty(), !restricted);
    }
  });
}

TEST_F(LinearizableReads, InboxRequestsAndHistoryShowARequestAtOnce) {
  under_load([&] {
    ApiClient writer(server_.port());
    ApiClient reader(server_.port());
    for (int change = 0; change < changes_count; ++change) {
      const auto asked = command(writer, "u1", R"({"type":"RequestPreApproval","app_id":"calendar"})");
      const auto request = std::string(asked.at("result").as_object().at("request_id").as_string());
      EXPECT_EQ(query(reader, "u1", "/requests/" + request).at("status"), "pending");
      const auto mine = query(reader, "u1", "/requests?status=pending");
      ASSERT_EQ(mine.at("items").as_array().size(), 1U);
      EXPECT_EQ(mine.at("items").as_array().at(0).at("request_id"), request.c_str());
      EXPECT_EQ(number_at(query(reader, "viewer", "/app-requests"), "/items/0/pending"), 1U);
      const auto before = std::to_string(number_at(asked, "/position") - 1);
      const auto event = query(reader, "auditor", "/events?limit=1&after=" + before);
      EXPECT_EQ(number_at(event, "/items/0/position"), number_at(asked, "/position"));
      command(writer, "u1", R"({"type":"WithdrawRequest","request_id":")" + request + R"("})");
      EXPECT_TRUE(query(reader, "viewer", "/app-requests?state=active").at("items").as_array().empty());
      EXPECT_TRUE(query(reader, "u1", "/requests?status=pending").at("items").as_array().empty());
    }
  });
}

// Many writers raise one shared mark as they are acknowledged; a reader that begins afterwards must be at it or beyond.
TEST_F(LinearizableReads, NoReaderIsBehindWhatAnyWriterWasTold) {
  under_load([&] {
    std::atomic<std::uint64_t> acknowledged = 0;
    std::atomic<bool> enough = false;
    std::thread marker([&] {
      ApiClient writer(server_.port());
      for (int change = 0; change < 4 * changes_count; ++change) {
        const auto id = "marked-" + std::to_string(change);
        const auto answer =
            command(writer, "directory", R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@example.com"})");
        acknowledged = number_at(answer, "/position");
      }
      enough = true;
    });
    ApiClient reader(server_.port());
    int reads = 0;
    for (; !enough; ++reads) {
      const std::uint64_t wanted = acknowledged;
      const auto* path = reads % 2 == 0 ? "/v1/accounts/acme/permissions" : "/v1/accounts/acme/approvals";
      const auto answer = reader.get(token("viewer"), path);
      EXPECT_EQ(answer.status, 200U) << answer.body;
      EXPECT_GE(std::stoull("0" + answer.header("Gatehouse-Position")), wanted) << path;
    }
    marker.join();
    EXPECT_GT(reads, 10);
  });
}

}  // namespace
}  // namespace gatehouse::system_test
