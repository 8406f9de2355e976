// Backups of a server under load, and what is made of them: after a kill, up to a place, without the keys of who was erased, and not at all from a damaged one.
#include <algorithm>
#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/system/marketplace.hpp"
#include "tests/system/random_commands.hpp"

namespace gatehouse::system_test {
namespace {

namespace fs = std::filesystem;

constexpr int exit_damaged = 1;
constexpr int exit_not_done = 2;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

class BackupTest : public testing::Test {
 protected:
  BackupTest() : server_(data(), {"--config", configured().string()}) {
    server_.start();
    tokens_ = open_marketplace(server_);
  }
  [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] fs::path data() const { return at("data"); }
  [[nodiscard]] fs::path configured() const {
    std::ofstream(at("gatehouse.toml")) << "[backup]\ndirectory = \"" << at("backups").string()
                                        << "\"\nkeys_directory = \"" << at("keys").string() << "\"\n";
    return at("gatehouse.toml");
  }
  static std::string must(const std::vector<std::string>& arguments) {
    const auto finished = run_gatehouse(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }
  void back_up() const { must({"backup", "--data", data().string()}); }
  [[nodiscard]] std::vector<std::string> restore_arguments(const std::string& name,
                                                           const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"restore",           "--from", at("backups").string(), "--keys",
                                       at("keys").string(), "--data", at(name).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  void restore(const std::string& name, const std::vector<std::string>& more = {}) const {
    must(restore_arguments(name, more));
  }
  [[nodiscard]] std::vector<std::string> events_of(const std::string& name) const {
    return lines_of(must({"replay", "events", "--data", at(name).string()}));
  }
  void expect_verified(const std::string& name) const { must({"replay", "verify", "--data", at(name).string()}); }
  void expect_prefix(const std::vector<std::string>& part, const std::vector<std::string>& whole) const {
    ASSERT_LE(part.size(), whole.size());
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin()));
  }
  void send(std::size_t count) {
    RandomCommands commands(31, "s" + std::to_string(++sources_));
    ApiClient client(server_.port());
    for (std::size_t sent = 0; sent < count; ++sent) {
      const auto attempt = commands.next();
      client.post(tokens_.at(attempt.caller), account_commands, attempt.body, attempt.key);
    }
  }
  [[nodiscard]] std::uint64_t head() const { return static_cast<std::uint64_t>(backups().at("head").as_int64()); }
  [[nodiscard]] boost::json::object backups() const {
    return json_of(ApiClient(server_.port()).get(tokens_.at("ops"), "/v1/ops/backups")).as_object();
  }
  [[nodiscard]] std::uint64_t published_events() const {
    const auto lines = lines_of(ApiClient(server_.port()).get("", "/log/checkpoint").body);
    return lines.size() < 2 ? 0 : std::stoull(lines[1]);
  }
  template <class Condition>
  static bool waits_for(Condition condition) {
    for (int wait = 0; wait < 2'000; ++wait) {
      if (condition())
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  // So long as `work` takes, with the last position that was acknowledged.
  template <class Work>
  void under_load(Work work) {
    std::atomic<bool> over = false;
    std::atomic<std::uint64_t> answered = 0;
    std::vector<std::thread> clients;
    for (std::uint64_t index = 0; index < 3; ++index) {
      clients.emplace_back([&, index] {
        RandomCommands commands(41 + index, "l" + std::to_string(index));
        ApiClient client(server_.port());
        while (!over) {
          const auto attempt = commands.next();
          client.post(tokens_.at(attempt.caller), account_commands, attempt.body, attempt.key);
          ++answered;
        }
      });
    }
    while (answered < 300)
      std::this_thread::yield();
    work();
    over = true;
    for (auto& client : clients)
      client.join();
  }

  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
  int sources_ = 0;
};

TEST_F(BackupTest, MadeUnderLoadHasAllThatWasAcknowledgedBefore) {
  std::uint64_t acknowledged = 0;
  under_load([&] {
    back_up();
    acknowledged = head();
    back_up();
    server_.kill();
  });
  must({"verify-backup", at("backups").string(), "--all"});
  restore("restored");
  const auto whole = events_of("data"), restored = events_of("restored");
  EXPECT_GE(restored.size(), acknowledged);
  expect_prefix(restored, whole);
  expect_verified("restored");
  const auto drilled = must({"drill", "--config", at("gatehouse.toml").string(), "--data", data().string(), "--scratch",
                             folder_.path().string()});
  EXPECT_NE(drilled.find("the keys of all persons in it are there"), std::string::npos) << drilled;
  EXPECT_NE(drilled.find(" " + std::to_string(whole.size() - restored.size()) + " events would be lost"),
            std::string::npos)
      << drilled;
}

TEST_F(BackupTest, RestoresToAPlaceOrATimeAndNotOverData) {
  send(60);
  back_up();
  const auto backed_up = head();
  send(20);
  ASSERT_GT(head(), backed_up);
  // Published, so that the backup lacks something that was.
  ASSERT_TRUE(waits_for([&] { return published_events() > backed_up; }));
  ASSERT_EQ(server_.stop(), 0);
  const auto whole = events_of("data");
  const auto middle = boost::json::parse(whole[whole.size() / 2]).as_object();
  const auto time = std::string(middle.at("recorded_at").as_string());
  restore("timed", {"--time", time});
  const auto timed = events_of("timed");
  expect_prefix(timed, whole);
  ASSERT_LT(timed.size(), whole.size());
  EXPECT_LE(boost::json::parse(timed.back()).at("recorded_at").as_string(), time);
  EXPECT_GT(boost::json::parse(whole[timed.size()]).at("recorded_at").as_string(), time);
  restore("placed", {"--position", std::to_string(timed.size())});
  EXPECT_EQ(events_of("placed"), timed);
  {
    ServerProcess restored(at("placed"));
    restored.start();
    EXPECT_NE(restored.output().find("no mails and webhooks are sent"), std::string::npos) << restored.output();
    EXPECT_EQ(restored.stop(), 0);
  }
  expect_verified("placed");
  const auto before = events_of("placed");
  const auto refused = run_gatehouse(restore_arguments("placed"));
  EXPECT_EQ(refused.exit_code, exit_not_done) << refused.output;
  EXPECT_EQ(events_of("placed"), before);

  // Under its key it goes on with all that was published alone.
  const auto key = must({"verifier-key", "--data", data().string()});
  EXPECT_NE(must({"verifier-key", "--data", at("placed").string()}), key);
  fs::copy_file(data() / "checkpoint", at("published"));
  const auto fork = run_gatehouse(restore_arguments("fork", {"--checkpoint", at("published").string()}));
  EXPECT_EQ(fork.exit_code, exit_not_done) << fork.output;
  EXPECT_FALSE(fs::exists(at("fork"))) << "nothing is left";
  must({"backup", "--data", data().string(), "--to", at("backups").string(), "--keys-to", at("keys").string()});
  restore("same", {"--checkpoint", at("published").string()});
  EXPECT_EQ(must({"verifier-key", "--data", at("same").string()}), key);
}

TEST_F(BackupTest, IsNotRestoredWhenItIsDamaged) {
  send(30);
  back_up();
  const auto verify = [&] { return run_gatehouse({"verify-backup", at("backups").string()}); };
  ASSERT_EQ(verify().exit_code, 0);
  std::vector<fs::path> files;
  for (const auto* part : {"shared_checksum", "private/1", "meta", "manifests"}) {
    for (const auto& entry : fs::directory_iterator(at("backups") / part)) {
      if (entry.path().extension() != ".verified" && entry.file_size() > 0)
        files.push_back(entry.path());
    }
  }
  std::size_t found = 0;
  for (std::size_t index = 0; index < files.size(); index += 3) {
    const auto bytes = read_text(files[index]);
    auto damaged = bytes;
    damaged[bytes.size() / 2] = static_cast<char>(damaged[bytes.size() / 2] ^ 16);
    std::ofstream(files[index], std::ios::binary) << damaged;
    EXPECT_EQ(verify().exit_code, exit_damaged) << files[index];
    if (index == 0) {
      const auto refused = run_gatehouse(restore_arguments("new"));
      EXPECT_EQ(refused.exit_code, exit_damaged) << refused.output;
      EXPECT_NE(refused.output.find(files[index].filename().string()), std::string::npos) << refused.output;
    }
    std::ofstream(files[index], std::ios::binary) << bytes;
    ++found;
  }
  EXPECT_GE(found, 5U);
  EXPECT_EQ(verify().exit_code, 0);
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    EXPECT_EQ(entry.path().filename().string().find("new"), std::string::npos) << "a refused restore leaves nothing";
}

TEST_F(BackupTest, DoesNotBringBackWhoWasErased) {
  constexpr std::string_view marker = "Zyxomma";
  ApiClient client(server_.port());
  const auto run = [&](const char* who, const char* command) {
    const auto answer = client.post(tokens_.at(who), account_commands, command);
    ASSERT_EQ(answer.status, 200U) << answer.body;
  };
  run("directory", R"({"type":"AddMember","user_id":"zoe","email":"z@acme.example","name":"Zyxomma Z."})");
  back_up();
  restore("before");
  const auto has_marker = [&](const std::string& name) {
    return must({"replay", "events", "--data", at(name).string()}).find(marker) != std::string::npos;
  };
  ASSERT_TRUE(has_marker("before")) << "the test would not see it";
  const auto copies = [&] {
    const auto lines = lines_of(server_.output());
    return std::ranges::count_if(lines, [](const auto& line) { return line.ends_with("the keys were copied"); });
  };
  const auto before = copies();
  run("directory", R"({"type":"RemoveMember","user_id":"zoe"})");
  run("owner", R"({"type":"EraseSubject","user_id":"zoe"})");
  // Nobody asks for it: the copy of the keys is made anew because one of them was destroyed.
  ASSERT_TRUE(waits_for([&] { return copies() > before; }));
  restore("after", {"--backup", "1"});
  EXPECT_FALSE(has_marker("after"));
  EXPECT_TRUE(has_marker("before")) << "whoever kept a key can read with it: docs/erasure.md";
  const auto forgotten = run_gatehouse({"restore", "--from", at("backups").string(), "--data", at("keyless").string()});
  EXPECT_EQ(forgotten.exit_code, exit_not_done) << forgotten.output;
  EXPECT_NE(forgotten.output.find("--accept-locked"), std::string::npos) << forgotten.output;
}

TEST_F(BackupTest, IsMadeByTheServerWhereItsConfigurationSaysAlone) {
  const auto elsewhere = run_gatehouse({"backup", "--data", data().string(), "--to", at("elsewhere").string()});
  EXPECT_EQ(elsewhere.exit_code, exit_not_done) << elsewhere.output;
  EXPECT_FALSE(fs::exists(at("elsewhere")));
  ApiClient client(server_.port());
  EXPECT_EQ(client.post(tokens_.at("owner"), "/v1/ops/backups", "{}").status, 403U);
  EXPECT_EQ(client.post(tokens_.at("ops"), "/v1/ops/backups", R"({"directory":"/tmp"})").status, 400U);
  EXPECT_TRUE(backups().at("items").as_array().empty());
  std::ofstream(at("backups")) << "no folder";
  EXPECT_EQ(client.post(tokens_.at("ops"), "/v1/ops/backups", "{}").status, 202U);
  while (backups().at("running").as_bool())
    std::this_thread::yield();
  EXPECT_NE(client.get("", "/readyz").body.find("failed:backup"), std::string::npos);
  EXPECT_NE(client.get("", "/metrics").body.find("gatehouse_backup_failures_total 1"), std::string::npos);
  fs::remove(at("backups"));
  back_up();
  EXPECT_EQ(client.get("", "/readyz").body.find("failed:backup"), std::string::npos);
  EXPECT_NE(client.get("", "/metrics").body.find("gatehouse_backup_last_success_timestamp_seconds 1"),
            std::string::npos);
}

}  // namespace
}  // namespace gatehouse::system_test
