#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "tests/http/certificate.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::string written(const std::filesystem::path& file, const std::string& text, std::filesystem::perms mode) {
  std::ofstream(file) << text;
  std::filesystem::permissions(file, mode);
  return file.string();
}
constexpr auto closed = std::filesystem::perms{0600}, open_to_all = std::filesystem::perms{0644};

TEST(DoctorOnListening, warns_of_tokens_in_the_clear) {
  Configuration configuration;
  EXPECT_EQ(check_listening(configuration).verdict, Verdict::ok);
  configuration.listen.host = "0.0.0.0";
  EXPECT_EQ(check_listening(configuration).verdict, Verdict::warning);
  configuration.tls.emplace();
  EXPECT_EQ(check_listening(configuration).verdict, Verdict::ok);
  const auto running = check_listening(configuration, "http://[::]:8443");
  EXPECT_EQ(running.verdict, Verdict::warning);
  EXPECT_THAT(running.seen, HasSubstr("::, port 8443"));
}

TEST(DoctorOnTls, counts_the_days_that_a_certificate_has_left) {
  const http::TestCertificate certificate;  // for an hour
  EXPECT_EQ(check_tls(certificate.files(), now()).verdict, Verdict::warning);
  EXPECT_THAT(check_tls(certificate.files(), now()).seen, HasSubstr("0 days"));
  EXPECT_EQ(check_tls(certificate.files(), now() - std::chrono::days(1)).verdict, Verdict::wrong) << "not yet";
  const auto ended = check_tls(certificate.files(), now() + std::chrono::days(3));
  EXPECT_EQ(ended.verdict, Verdict::wrong);
  EXPECT_THAT(ended.seen, HasSubstr("ended 2 days ago"));
}

TEST(DoctorOnTls, finds_a_key_of_another_certificate_and_files_that_are_none) {
  const http::TestCertificate certificate, other;
  auto files = certificate.files();
  files.private_key = other.files().private_key;
  EXPECT_EQ(check_tls(files, now()).verdict, Verdict::wrong);
  files.private_key = "/nowhere";
  EXPECT_EQ(check_tls(files, now()).verdict, Verdict::wrong);
}

TEST(DoctorOnIssuers, reads_every_key_file) {
  const gatehouse::testing::TemporaryFolder folder;
  const auto good =
      written(folder.path() / "good.json",
              R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})",
              open_to_all);
  const auto bad = written(folder.path() / "bad.json", "{}", open_to_all);
  const auto findings = check_issuers(
      {{"https://a", "g", good}, {"https://b", "g", bad}, {"https://c", "g", "/nowhere"}, {"https://a", "g", good}});
  ASSERT_EQ(findings.size(), 4U);
  EXPECT_EQ(findings[0].verdict, Verdict::ok) << findings[0].seen;
  for (const std::size_t at : {1U, 2U, 3U})
    EXPECT_EQ(findings[at].verdict, Verdict::wrong) << findings[at].seen;
}

TEST(DoctorOnSecrets, finds_those_that_others_can_read) {
  const gatehouse::testing::TemporaryFolder folder;
  const auto password = written(folder.path() / "password", "secret\n", open_to_all);
  const auto key = written(folder.path() / "key.pem", "", closed);
  const auto config =
      written(folder.path() / "gatehouse.toml",
              "[tls]\ncertificate_chain = \"a\"\nprivate_key = \"" + key +
                  "\"\n[mail]\nserver = \"a\"\nusername = \"b\"\npassword_file = \"" + password + "\"\n",
              open_to_all);
  Configuration configuration;
  read_configuration(config, configuration);
  auto findings = check_secret_files(config, configuration);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].verdict, Verdict::ok) << findings[0].seen;
  EXPECT_EQ(findings[1].verdict, Verdict::wrong) << findings[1].seen;
  EXPECT_THAT(findings[1].advice, HasSubstr("chmod o= " + password));
  std::filesystem::permissions(password, closed);
  std::filesystem::remove(key);
  findings = check_secret_files(config, configuration);
  EXPECT_EQ(findings[0].verdict, Verdict::wrong) << findings[0].seen;
  EXPECT_EQ(findings[1].verdict, Verdict::ok) << findings[1].seen;
}

// Takes one connection on a port of its own and speaks as much SMTP as a probe needs.
class SmallMailServer {
 public:
  SmallMailServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~SmallMailServer() { ::close(listener_); }
  void serve_one() {
    thread_ = std::jthread([this] {
      const int client = ::accept(listener_, nullptr, nullptr);
      std::string line = "220 small\r\n";
      std::array<char, 512> bytes{};
      do {
        if (::send(client, line.data(), line.size(), MSG_NOSIGNAL) < 0)
          break;
        line = "250 fine\r\n";
      } while (::recv(client, bytes.data(), bytes.size(), 0) > 0);
      ::close(client);
    });
  }
  [[nodiscard]] unsigned port() const { return port_; }

 private:
  int listener_;
  unsigned port_ = 0;
  std::jthread thread_;
};

TEST(DoctorOnMail, connects_to_the_mail_server) {
  MailSettings mail;
  EXPECT_EQ(check_mail_server(mail).verdict, Verdict::ok) << "none is no fault";
  {
    SmallMailServer server;
    server.serve_one();
    auto& smtp = mail.smtp.emplace();
    smtp.host = "127.0.0.1";
    smtp.port = server.port();
    smtp.tls = outbound::TlsUse::none;
    EXPECT_EQ(check_mail_server(mail).verdict, Verdict::ok) << check_mail_server(mail).seen;
  }
  EXPECT_EQ(check_mail_server(mail).verdict, Verdict::wrong) << "nobody listens any more";
}

}  // namespace
}  // namespace gatehouse::cli
