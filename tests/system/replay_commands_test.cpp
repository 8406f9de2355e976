// What ops and auditors do with a stopped server's data, by the program's own command line.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <sstream>

#include "tests/store/file_damage.hpp"
#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

class ReplayCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    ServerProcess server(data());
    server.start();
    const auto tokens = open_marketplace(server);
    ApiClient client(server.port());
    const auto body = R"({"type":"SetUserInstallBlock","blocked":true})";
    ASSERT_EQ(client.post(tokens.at("owner"), account_commands, body).status, 200U);
    ASSERT_EQ(server.stop(), 0) << server.output();
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] Finished replay(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "replay");
    arguments.insert(arguments.end(), {"--data", data().string()});
    return run_gatehouse(std::move(arguments));
  }
  [[nodiscard]] std::vector<boost::json::object> events(std::vector<std::string> filters) const {
    filters.insert(filters.begin(), "events");
    const auto printed = replay(std::move(filters));
    EXPECT_EQ(printed.exit_code, 0) << printed.output;
    std::vector<boost::json::object> events;
    std::istringstream lines(printed.output);
    for (std::string line; std::getline(lines, line);)
      events.push_back(boost::json::parse(line).as_object());
    return events;
  }

  ScratchFolder folder_;
};

TEST_F(ReplayCommands, EventsPrintsTheHistoryAsTheFiltersSay) {
  const auto all = events({});
  ASSERT_GT(all.size(), 10U);
  for (std::size_t index = 0; index < all.size(); ++index)
    EXPECT_EQ(all[index].at("position").to_number<std::size_t>(), index + 1);
  const auto blocked = events({"--type", "UserInstallBlockChanged"});
  ASSERT_EQ(blocked.size(), 1U);
  EXPECT_EQ(blocked.front().at("account_id"), "acme");
  EXPECT_EQ(all.back().at("type"), "AccountHeadsCommitted") << "when the server was stopped";
  EXPECT_EQ(events({"--after", std::to_string(all.size() - 2), "--limit", "1"}), blocked);
  EXPECT_EQ(events({"--limit", "3"}).size(), 3U);
  for (const auto& event : events({"--account", "acme", "--user", "u3"}))
    EXPECT_EQ(event.at("type"), "MemberAdded");
  EXPECT_NE(replay({"events", "--type", "NoSuchThing"}).exit_code, 0);
  const auto of_nobody = replay({"events", "--account", "nope"});
  EXPECT_EQ(of_nobody.exit_code, 1);
  EXPECT_NE(of_nobody.output.find("there are no events of the account nope"), std::string::npos) << of_nobody.output;
}

TEST_F(ReplayCommands, OutputThatCannotBeWrittenIsTold) {
  for (const auto* command : {"replay events", "replay verify", "replay projections", "proof --event 1", "verifier-key",
                              "token --user ann", "export"}) {
    const auto line = std::string("\"$0\" ") + command + " --data \"$1\" > /dev/full";
    const auto lost = run_program({"/bin/sh", "-c", line, GATEHOUSE_BINARY, data().string()});
    EXPECT_EQ(lost.exit_code, 1) << command;
    EXPECT_NE(lost.output.find("could not be written"), std::string::npos) << command << ": " << lost.output;
  }
}

TEST_F(ReplayCommands, ACommandThatThereIsNotIsNamed) {
  const auto refused = run_gatehouse({"frob"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.output.find("Not understood: frob\n"), std::string::npos) << refused.output;
  EXPECT_NE(replay({"frob"}).output.find("Not understood: frob\n"), std::string::npos);
}

TEST_F(ReplayCommands, RebuildAsksAServerThatRuns) {
  ServerProcess server(data());
  server.start();
  const auto one = replay({"rebuild", "requests"});
  EXPECT_EQ(one.exit_code, 0) << one.output;
  EXPECT_NE(one.output.find("requests: switched, "), std::string::npos) << one.output;
  EXPECT_NE(one.output.find("the same as before, digest "), std::string::npos) << one.output;
  const auto all = replay({"rebuild", "--all"});
  EXPECT_EQ(all.exit_code, 0) << all.output;
  EXPECT_NE(all.output.find("past: switched, "), std::string::npos) << all.output;
  EXPECT_NE(replay({"rebuild", "nothing"}).exit_code, 0);
  ASSERT_EQ(server.stop(), 0) << server.output();
  EXPECT_EQ(replay({"verify"}).exit_code, 0);
}

TEST_F(ReplayCommands, RebuildMakesWhatVerifyAccepts) {
  const auto rebuilt = replay({"rebuild", "--all"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  EXPECT_NE(rebuilt.output.find("inbox: rebuilt up to position "), std::string::npos) << rebuilt.output;
  const auto one = replay({"rebuild", "audit"});
  EXPECT_EQ(one.exit_code, 0) << one.output;
  const auto verified = replay({"verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
  EXPECT_NE(verified.output.find("state: "), std::string::npos) << verified.output;
  const auto listed = replay({"projections"});
  EXPECT_EQ(listed.exit_code, 0) << listed.output;
  EXPECT_NE(listed.output.find("requests"), std::string::npos) << listed.output;
  EXPECT_NE(replay({"rebuild", "nonsense"}).exit_code, 0);
}

TEST_F(ReplayCommands, VerifyReadsEveryBlockAlsoOfThePersonsKeys) {
  std::ofstream(data() / "subject-keys" / "999999.sst").close();  // as a flush leaves it whose process is killed
  const auto whole = replay({"verify"});
  EXPECT_NE(whole.output.find("files: every block is whole"), std::string::npos) << whole.output;
  for (const auto& entry : std::filesystem::directory_iterator(data() / "subject-keys")) {
    if (entry.path().extension() == ".sst")
      testing::flip_bit(entry.path(), 80);
  }
  const auto damaged = replay({"verify"});
  EXPECT_EQ(damaged.exit_code, 3) << damaged.output;
  EXPECT_NE(damaged.output.find("files: subject-keys: the files are damaged"), std::string::npos) << damaged.output;
}

TEST_F(ReplayCommands, ScratchSpaceIsWhereItIsAskedForAndGoesAway) {
  const auto room = folder_.path() / "room";
  std::filesystem::create_directory(room);
  EXPECT_EQ(replay({"verify", "--scratch", room.string()}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::is_empty(room));
  const auto nowhere = replay({"verify", "--scratch", (room / "missing").string()});
  EXPECT_EQ(nowhere.exit_code, 1);
  EXPECT_NE(nowhere.output.find("no scratch space"), std::string::npos) << nowhere.output;
}

TEST(ReplayOfNothing, SaysThatThereIsNoDataAndMakesNone) {
  const ScratchFolder folder;
  const auto missing = (folder.path() / "missing").string();
  for (const std::vector<std::string>& what :
       {std::vector<std::string>{"events"}, {"verify"}, {"projections"}, {"rebuild", "--all"}}) {
    auto arguments = what;
    arguments.insert(arguments.begin(), "replay");
    arguments.insert(arguments.end(), {"--data", missing});
    const auto refused = run_gatehouse(arguments);
    EXPECT_EQ(refused.exit_code, 2) << refused.output;
    EXPECT_NE(refused.output.find("there is no data in " + missing), std::string::npos) << refused.output;
  }
  EXPECT_FALSE(std::filesystem::exists(missing));
}

}  // namespace
}  // namespace gatehouse::system_test
