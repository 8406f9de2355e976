// The tools beside a running server that speaks TLS with a certificate which nobody on this machine has a reason to trust.
#include <signal.h>

#include <chrono>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>

#include "tests/http/certificate.hpp"
#include "tests/system/program.hpp"

namespace gatehouse::system_test {
namespace {

using testing::HasSubstr;

class OverTls : public testing::Test {
 protected:
  OverTls() {
    const auto files = certificate_.files();
    std::ofstream(config()) << "data = \"" << at("data")
                            << "\"\nlisten = \"127.0.0.1:0\"\n[tls]\ncertificate_chain = \"" << files.certificate_chain
                            << "\"\nprivate_key = \"" << files.private_key << "\"\n[backup]\ndirectory = \""
                            << at("backups") << "\"\nkeys_directory = \"" << at("keys") << "\"\n";
    server_ = start_gatehouse({"serve", "--config", config()}, at("output"));
    for (int wait = 0; wait < 3'000 && url().empty(); ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ~OverTls() override {
    ::kill(server_, SIGTERM);
    static_cast<void>(wait_for_program(server_));
  }
  [[nodiscard]] std::string at(const char* name) const { return (folder_.path() / name).string(); }
  [[nodiscard]] std::string config() const { return at("gatehouse.toml"); }
  [[nodiscard]] std::string url() const {
    const auto line = read_text(at("data") + "/server-url");
    return line.substr(0, line.find('\n'));
  }

  ScratchFolder folder_;
  http::TestCertificate certificate_;
  pid_t server_{};
};

TEST_F(OverTls, everything_that_asks_the_server_on_its_machine_is_answered) {
  ASSERT_THAT(url(), HasSubstr("https://127.0.0.1:")) << read_text(at("output"));
  const std::vector<std::vector<std::string>> commands{{"demo", "--url", url(), "--data", at("data")},
                                                       {"backup", "--config", config()},
                                                       {"drill", "--config", config(), "--scratch", folder_.path()},
                                                       {"replay", "rebuild", "requests", "--data", at("data")},
                                                       {"export", "--config", config(), "--output", at("all.ndjson")},
                                                       {"proof", "--event", "1", "--config", config()},
                                                       {"top", "--once", "--interval", "0.1", "--data", at("data")}};
  for (const auto& command : commands) {
    const auto finished = run_gatehouse(command);
    EXPECT_EQ(finished.exit_code, 0) << command.front() << ": " << finished.output;
    if (command.front() == "drill")
      EXPECT_THAT(finished.output, HasSubstr("against the live log, at event "));
  }
}

TEST(TlsFiles, that_cannot_be_used_are_named_with_their_setting) {
  const ScratchFolder folder;
  const http::TestCertificate certificate;
  const auto config = (folder.path() / "gatehouse.toml").string();
  const auto refusal = [&](const std::string& chain, const std::string& key) {
    std::ofstream(config) << "listen = \"127.0.0.1:0\"\n[tls]\ncertificate_chain = \"" << chain
                          << "\"\nprivate_key = \"" << key << "\"\n";
    const auto refused = run_gatehouse({"serve", "--config", config, "--data", (folder.path() / "data").string()});
    EXPECT_EQ(refused.exit_code, 1) << refused.output;
    return refused.output;
  };
  const auto files = certificate.files();
  EXPECT_THAT(refusal("/nowhere.pem", files.private_key),
              HasSubstr("tls.certificate_chain: /nowhere.pem: No such file or directory"));
  EXPECT_THAT(refusal(files.certificate_chain, config),
              HasSubstr("tls.private_key: " + config + " has no private key in PEM that can be used"));
}

}  // namespace
}  // namespace gatehouse::system_test
