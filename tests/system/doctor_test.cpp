// `gatehouse doctor` beside a real server, on what it leaves behind, and on what is broken.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

using testing::HasSubstr;

constexpr int exit_wrong = 2;

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

}  // namespace
}  // namespace gatehouse::system_test
