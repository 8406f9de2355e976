// What README.md tells a newcomer to type works as it stands there.
#include <algorithm>

#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

// The first shell block of the document.
std::string shell_block(const std::string& document) {
  const std::string fence = "```sh\n";
  const auto begin = document.find(fence);
  if (begin == std::string::npos)
    return {};
  const auto from = begin + fence.size();
  return document.substr(from, document.find("```", from) - from);
}

// Every occurrence; nothing to replace is a failure of the test.
void replace(std::string& text, const std::string& from, const std::string& to) {
  ASSERT_NE(text.find(from), std::string::npos) << from << " is not in\n" << text;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

TEST(Readme, ItsFirstGrantEndsWithAllowed) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  auto script = shell_block(read_text(std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "README.md"));
  replace(script, "build/release/gatehouse", GATEHOUSE_BINARY);
  replace(script, "http://127.0.0.1:8080", server.url());
  replace(script, "--data data", "--data " + server.data().string());
  const auto typed = run_program({"/bin/bash", "-euc", "cd " GATEHOUSE_SOURCE_DIR "\n" + script});
  EXPECT_EQ(typed.exit_code, 0) << typed.output;
  EXPECT_NE(typed.output.find(R"({"allowed":true)"), std::string::npos) << typed.output;
  EXPECT_EQ(typed.output.find(R"("status":4)"), std::string::npos) << typed.output;
}

TEST(Readme, TheAuditorsCommandsOfTheTransparencyPageWorkAfterIt) {
  const std::filesystem::path source(GATEHOUSE_SOURCE_DIR);
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto type = [&](const std::filesystem::path& document, const std::string& url, const std::string& place) {
    auto script = shell_block(read_text(document));
    replace(script, "build/release/gatehouse", GATEHOUSE_BINARY);
    replace(script, "http://127.0.0.1:8080", url);
    replace(script, "--data data", "--data " + server.data().string());
    if (document.filename() == "transparency.md")
      replace(script, "$(mktemp -d)", folder.path().string());
    return run_program({"/bin/bash", "-euo", "pipefail", "-c", "cd " + place + "\n" + script});
  };
  ASSERT_EQ(type(source / "README.md", server.url(), source.string()).exit_code, 0);
  std::filesystem::create_directory_symlink(source / "verify", folder.path() / "verify");
  const auto typed = type(source / "docs/transparency.md", server.url(), folder.path().string());
  EXPECT_EQ(typed.exit_code, 0) << typed.output;
  EXPECT_NE(typed.output.find("appgov.account_opened.v1"), std::string::npos) << typed.output;
  EXPECT_GT(std::filesystem::file_size(folder.path() / "more.ndjson"), 0U);
}

TEST(Readme, IsOnePage) {
  constexpr std::ptrdiff_t lines_max = 80;
  EXPECT_LE(std::ranges::count(read_text(std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "README.md"), '\n'), lines_max);
}

}  // namespace
}  // namespace gatehouse::system_test
