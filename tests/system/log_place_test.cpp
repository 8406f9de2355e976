// Under which name the tools sign a stopped server's log, and what of it a running one gives away alone.
#include <fstream>

#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

std::string must(const std::vector<std::string>& arguments) {
  const auto finished = run_gatehouse(arguments);
  EXPECT_EQ(finished.exit_code, 0) << finished.output;
  return finished.output;
}

TEST(LogsName, IsThatOfTheConfigurationAndNoOtherForTheToolsToo) {
  const ScratchFolder folder;
  const auto config = (folder.path() / "gatehouse.toml").string();
  const auto named = (folder.path() / "named").string();
  std::ofstream(config) << "data = \"" << named << "\"\ntransparency = { origin = \"example.com/log\" }\n";
  ServerProcess server(named, {"--config", config});
  server.start();
  static_cast<void>(open_marketplace(server));
  ASSERT_EQ(server.stop(), 0);
  EXPECT_TRUE(must({"verifier-key", "--config", config}).starts_with("example.com/log+"));
  EXPECT_NE(must({"proof", "--event", "1", "--config", config}).find("\nexample.com/log\n"), std::string::npos);
  EXPECT_NE(must({"export", "--config", config}).find(R"(:\"example.com/log\\n)"), std::string::npos);
  EXPECT_NE(must({"export", "--data", named, "--origin", "example.com/log"}).find("example.com/log"),
            std::string::npos);
  for (const auto& command : {std::vector<std::string>{"export", "--data", named},
                              {"proof", "--event", "1", "--data", named},
                              {"verifier-key", "--data", named},
                              {"export", "--config", config, "--origin", "else.example.com/log"}}) {
    const auto refused = run_gatehouse(command);
    EXPECT_EQ(refused.exit_code, 1) << command.front();
    EXPECT_NE(refused.output.find("was published as example.com/log, "), std::string::npos) << refused.output;
    EXPECT_NE(refused.output.find("give --origin example.com/log, or the server's configuration with --config"),
              std::string::npos)
        << refused.output;
    EXPECT_EQ(refused.output.find("manifest"), std::string::npos);
  }
  std::filesystem::remove(folder.path() / "named" / "checkpoint");
  EXPECT_NE(must({"verifier-key", "--data", named, "--origin", "else.example.com/log"}).find("else.example.com/log+"),
            std::string::npos)
      << "where nothing was published the name is still free";
}

TEST(PlatformsStream, IsExportedAloneOfAStoppedServer) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  static_cast<void>(open_marketplace(server));
  const auto refused = run_gatehouse({"export", "--account", "catalogue", "--data", server.data().string()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.output.find("stop the server for it alone"), std::string::npos) << refused.output;
  ASSERT_EQ(server.stop(), 0);
  EXPECT_NE(must({"export", "--account", "catalogue", "--data", server.data().string()}).find("AppRegistered"),
            std::string::npos);
}

}  // namespace
}  // namespace gatehouse::system_test
