// What the package holds, without installing it: clean by Debian's checker, and a manual and completions for all that the program understands.
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/packaging/built_package.hpp"
#include "tests/system/program.hpp"

namespace gatehouse::packaging_test {
namespace {

using system_test::read_text;
using system_test::run_gatehouse;
using system_test::run_program;
using system_test::ScratchFolder;
using testing::HasSubstr;
using Words = std::vector<std::string>;

class Package : public testing::Test {
 protected:
  void SetUp() override {
    const auto unpacked = run_program({"/usr/bin/dpkg-deb", "-x", built_package().string(), folder_.path().string()});
    ASSERT_EQ(unpacked.exit_code, 0) << unpacked.output;
  }
  [[nodiscard]] std::string text(const std::string& path) const { return read_text(folder_.path() / path); }
  [[nodiscard]] std::string page(const std::string& path) const {
    return run_program({"/usr/bin/zcat", (folder_.path() / path).string()}).output;
  }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

 private:
  ScratchFolder folder_;
};

struct Help {
  std::set<std::string> options;
  std::vector<std::string> commands;
};

// As its users read it.
Help help_of(Words command) {
  command.emplace_back("--help");
  std::istringstream lines(run_gatehouse(command).output);
  const std::regex option("^  (-[a-z],)?(--[a-z-]+)"), below("^  ([a-z-]+) ");
  Help help;
  bool commands = false;
  for (std::string line; std::getline(lines, line);) {
    commands = commands || line == "Subcommands:";
    std::smatch match;
    if (std::regex_search(line, match, option))
      help.options.insert(match[2]);
    else if (commands && std::regex_search(line, match, below))
      help.commands.push_back(match[1]);
  }
  return help;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return std::regex_replace(text, std::regex(from), to);
}

std::string section(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  return begin == std::string::npos ? std::string() : text.substr(begin, text.find(to, begin) - begin);
}

TEST_F(Package, is_clean_by_debians_checker) {
  const auto checked =
      run_program({"/usr/bin/lintian", "--allow-root", "--fail-on", "error,warning", built_package().string()});
  EXPECT_EQ(checked.exit_code, 0) << checked.output;
  EXPECT_EQ(checked.output, "");
}

TEST_F(Package, has_the_files_for_monitoring_as_they_are_tested) {
  const auto source = std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "ops";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source)) {
    const auto name = entry.path().filename().string();
    EXPECT_EQ(text("usr/share/doc/gatehouse/examples/ops/" + name), read_text(entry.path())) << name;
    ++files;
  }
  EXPECT_EQ(files, 4U);
}

TEST_F(Package, tells_every_option_in_a_manual_page_and_to_every_shell) {
  const auto bash = text("usr/share/bash-completion/completions/gatehouse");
  const auto zsh = text("usr/share/zsh/vendor-completions/_gatehouse");
  const auto fish = text("usr/share/fish/vendor_completions.d/gatehouse.fish");
  std::vector<Words> left{{}};
  std::size_t commands = 0;
  while (!left.empty()) {
    const auto command = left.back();
    left.pop_back();
    ++commands;
    std::string path = "gatehouse", condition, function = "_gatehouse";
    for (const auto& word : command) {
      path += " " + word;
      function += "_" + replaced(word, "-", "_");
      condition += (condition.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + word);
    }
    const auto manual = page("usr/share/man/man1/" + replaced(path, " ", "-") + ".1.gz");
    const auto offered = section(bash, "'" + path + "') words=", ";;");
    const auto in_zsh = section(zsh, "\n" + function + "() {", "\n}");
    const auto help = help_of(command);
    EXPECT_FALSE(help.options.empty()) << path;
    for (const auto& option : help.options) {
      EXPECT_THAT(manual, HasSubstr("\\fB" + replaced(option, "-", "\\-") + "\\fR")) << path;
      EXPECT_THAT(offered, HasSubstr(option)) << path;
      EXPECT_THAT(in_zsh, HasSubstr(option + "[")) << path;
      EXPECT_TRUE(std::regex_search(fish, std::regex("\n[^\n]*" + condition + "[^\n]* -l " + option.substr(2) + " ")))
          << path << option;
    }
    for (const auto& below : help.commands) {
      EXPECT_THAT(offered, HasSubstr(below));
      left.push_back(command);
      left.back().push_back(below);
    }
  }
  EXPECT_GT(commands, 10U);
}

TEST_F(Package, completes_in_bash_as_one_types) {
  const auto type = [&](const std::string& words, int at) {
    return run_program({"/bin/bash", "-euc",
                        "source " + (folder() / "usr/share/bash-completion/completions/gatehouse").string() +
                            "; COMP_WORDS=(gatehouse " + words + "); COMP_CWORD=" + std::to_string(at) +
                            "; _gatehouse; echo \"${COMPREPLY[*]}\""})
        .output;
  };
  EXPECT_EQ(type("repl", 1), "replay\n");
  EXPECT_EQ(type("replay --data serve ver", 4), "verify\n");
  EXPECT_EQ(type("replay events --ac", 3), "--account --actor\n");
  EXPECT_EQ(type("serve --config ''", 3), "\n");
}

TEST_F(Package, has_manual_pages_that_groff_formats_without_a_warning) {
  const auto formatted =
      run_program({"/bin/bash", "-euc",
                   "cd \"$0\"; for page in man1/* man5/*; do zcat $page | groff -man -Tutf8 -K utf8 -ww -z; done",
                   (folder() / "usr/share/man").string()});
  EXPECT_EQ(formatted.exit_code, 0);
  EXPECT_EQ(formatted.output, "");
}

}  // namespace
}  // namespace gatehouse::packaging_test
