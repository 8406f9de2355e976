// `gatehouse doctor` beside a real server, on what it leaves behind, and on what is broken.
#include <sys/stat.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "tests/store/file_damage.hpp"
#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

using ::testing::HasSubstr;

constexpr int exit_wrong = 2;
constexpr std::uint64_t bit_of_first_row = 8 * 16;  // of a table's file

Finished doctor(const std::filesystem::path& data, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"doctor", "--data", data.string(), "--listen", "127.0.0.1:0"});
  return run_gatehouse(std::move(more));
}

// What a check says, as "verdict: seen", one a line.
std::string said(const Finished& finished, std::string_view check) {
  const auto told = boost::json::parse(finished.output);
  std::string text;
  for (const auto& finding : told.at("findings").as_array()) {
    if (finding.at("check").as_string() == check)
      text +=
          std::string(finding.at("verdict").as_string()) + ": " + std::string(finding.at("seen").as_string()) + "\n";
  }
  return text;
}

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    names.push_back(entry.path().string());
  std::ranges::sort(names);
  return names;
}

TEST(Doctor, IsContentWithAServerThatRunsAndWithOneThatWasStopped) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto beside = doctor(server.data(), {"--json"});
  EXPECT_LT(beside.exit_code, exit_wrong) << beside.output;  // the machine's clock may be worth a warning
  EXPECT_EQ(said(beside, "server"), "ok: runs and is ready\n");
  ASSERT_EQ(server.stop(), 0);

  const auto before = files_in(server.data());
  const auto stopped = doctor(server.data(), {"--json"});
  EXPECT_LT(stopped.exit_code, exit_wrong) << stopped.output;
  EXPECT_EQ(said(stopped, "log"), "ok: no events yet\n");
  EXPECT_THAT(said(stopped, "port"), HasSubstr("ok: "));
  EXPECT_EQ(files_in(server.data()), before);
}

TEST(Doctor, NamesEverythingThatIsBroken) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  ASSERT_EQ(server.stop(), 0);
  std::filesystem::permissions(server.data() / "keys" / "pages.key", std::filesystem::perms{0644});
  std::ofstream(server.data() / "witness", std::ios::trunc) << std::string(8192, 'x');
  const auto config = folder.path() / "gatehouse.toml";
  std::ofstream(config) << "[tls]\ncertificate = \"chain.pem\"\n";
  const auto found = doctor(server.data(), {"--config", config.string(), "--json"});
  EXPECT_EQ(found.exit_code, exit_wrong);
  EXPECT_THAT(said(found, "configuration"),
              HasSubstr("wrong: configuration: tls.certificate: there is no such setting"));
  EXPECT_THAT(said(found, "keys"), HasSubstr("pages.key: is open to other users"));
  EXPECT_THAT(said(found, "log"), HasSubstr("wrong: the witness file is damaged"));

  const auto in_words = doctor(server.data(), {"--config", config.string()});
  EXPECT_EQ(in_words.exit_code, exit_wrong);
  EXPECT_THAT(in_words.output, HasSubstr("WRONG    log               the witness file is damaged"));
  EXPECT_THAT(in_words.output, HasSubstr("-> "));
}

// The files of a table have its name among their properties.
std::vector<std::filesystem::path> files_of_table(const std::filesystem::path& data, const std::string& table) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(data / "db")) {
    if (entry.path().extension() == ".sst" && read_text(entry.path()).find(table) != std::string::npos)
      files.push_back(entry.path());
  }
  return files;
}

TEST(Doctor, CallsWrongWhatAStartRefuses) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  static_cast<void>(open_marketplace(server));
  ASSERT_EQ(server.stop(), 0);
  for (const std::string model : {"catalogue", "inbox", "requests", "approvals", "audit", "notifications", "past"}) {
    const auto files = files_of_table(server.data(), "p." + model + ".");
    ASSERT_FALSE(files.empty()) << model;
    for (const auto& file : files)
      gatehouse::testing::flip_bit(file, bit_of_first_row);
    const auto refused = run_program({"/usr/bin/timeout", "60", GATEHOUSE_BINARY, "serve", "--data",
                                      server.data().string(), "--listen", "127.0.0.1:0"});
    const auto found = doctor(server.data());
    EXPECT_EQ(refused.exit_code, exit_wrong) << model << refused.output;
    EXPECT_EQ(found.exit_code, exit_wrong) << model << found.output;
    EXPECT_THAT(found.output, HasSubstr("cannot read p." + model + "."));
    EXPECT_THAT(found.output, HasSubstr("rebuild " + model + "\n"));
    for (const auto& file : files)
      gatehouse::testing::flip_bit(file, bit_of_first_row);
  }
  EXPECT_LT(doctor(server.data()).exit_code, exit_wrong);
}

TEST(Doctor, MissesALogOfWhichThereIsAWitness) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  static_cast<void>(open_marketplace(server));
  ASSERT_EQ(server.stop(), 0);
  std::filesystem::remove_all(server.data() / "db");
  const auto found = doctor(server.data());
  EXPECT_EQ(found.exit_code, exit_wrong) << found.output;
  EXPECT_THAT(found.output, HasSubstr("there is a witness, but no log"));
}

TEST(Doctor, KnowsTheServersSecrets) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  static_cast<void>(open_marketplace(server));
  ASSERT_EQ(server.stop(), 0);
  const auto secret = server.data() / "keys" / "webhooks.key";
  std::filesystem::rename(secret, folder.path() / "webhooks.key");
  auto found = doctor(server.data());
  EXPECT_EQ(found.exit_code, exit_wrong) << found.output;
  EXPECT_THAT(found.output, HasSubstr("webhooks.key is not there"));
  std::filesystem::rename(folder.path() / "webhooks.key", secret);
  EXPECT_LT(doctor(server.data()).exit_code, exit_wrong);
  std::filesystem::resize_file(secret, 5);
  found = doctor(server.data());
  EXPECT_EQ(found.exit_code, exit_wrong) << found.output;
  EXPECT_THAT(found.output, HasSubstr("does not hold 32 bytes"));
}

TEST(Doctor, AgreesWithWhatAScrubSaysOfAReadModel) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  static_cast<void>(open_marketplace(server));
  ASSERT_EQ(server.stop(), 0);
  server.start();
  for (const auto& file : files_of_table(server.data(), "p.catalogue."))
    gatehouse::testing::flip_bit(file, bit_of_first_row);
  ApiClient client(server.port());
  ASSERT_EQ(client.post(server.token("", "ops", "ops"), "/v1/ops/scrub", "{}").status, 202U);
  for (int wait = 0; wait < 2'000 && client.get("", "/readyz").body.find("damaged:") == std::string::npos; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_THAT(server.output(), HasSubstr("stored data is damaged: make the read model catalogue anew"));
  EXPECT_THAT(said(doctor(server.data(), {"--json"}), "server"), HasSubstr("damaged:p.catalogue."));
}

TEST(Doctor, TellsAFirstStartThatFailedFromKeysThatAreLost) {
  const ScratchFolder folder;
  const auto data = folder.path() / "data";
  const auto config = folder.path() / "gatehouse.toml";
  std::ofstream(config) << "[[issuers]]\nissuer = \"https://login.example.com\"\naudience = \"gatehouse\"\n"
                        << "jwks_file = \"/nowhere.json\"\n";
  const auto failed =
      run_gatehouse({"serve", "--config", config.string(), "--data", data.string(), "--listen", "127.0.0.1:0"});
  ASSERT_EQ(failed.exit_code, 1) << failed.output;
  EXPECT_THAT(failed.output, HasSubstr("jwks_file: /nowhere.json"));
  const auto found = doctor(data, {"--json"});
  EXPECT_LT(found.exit_code, exit_wrong) << found.output;
  ServerProcess server(data);
  server.start();
  static_cast<void>(open_marketplace(server));
  EXPECT_THAT(said(doctor(data, {"--json"}), "listening"), HasSubstr("port " + std::to_string(server.port())));
  ASSERT_EQ(server.stop(), 0);
  std::filesystem::remove(data / "keys" / "log-signing.pem");
  EXPECT_THAT(said(doctor(data, {"--json"}), "keys"), HasSubstr("wrong: "));
}

TEST(Doctor, WarnsOfDataThatIsOpenToOthersWhichTheServersIsNot) {
  const auto before = ::umask(S_IWGRP | S_IWOTH);
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  ASSERT_EQ(server.stop(), 0);
  ::umask(before);
  using std::filesystem::perms;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    EXPECT_EQ(entry.status().permissions() & (perms::group_all | perms::others_all), perms::none) << entry.path();
  EXPECT_THAT(said(doctor(server.data(), {"--json"}), "data"), HasSubstr("ok: "));
  std::filesystem::permissions(server.data(), perms{0755});
  EXPECT_THAT(said(doctor(server.data(), {"--json"}), "data"), HasSubstr("warning: "));
}

}  // namespace
}  // namespace gatehouse::system_test
