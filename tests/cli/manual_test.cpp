// Manual pages and completions tell everything that a command line understands.
#include <CLI/CLI.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/manual/completions.hpp"
#include "cli/manual/man_pages.hpp"

namespace gatehouse::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class SmallProgram : public testing::Test {
 protected:
  SmallProgram() {
    app_.set_version_flag("--version", "1");
    auto* outer = app_.add_subcommand("outer", "Do what's outside: [all] of it");
    outer->add_option("--data", data_, "Where it lies")->capture_default_str();
    outer->fallthrough();
    auto* inner = outer->add_subcommand("inner", "Do a part.");
    inner->fallthrough();
    inner->add_option("file", file_, "What to read")->required();
    inner->add_flag("-q,--quiet", quiet_, "Say nothing");
    app_.add_subcommand("secret", "For nobody")->group("");
  }
  [[nodiscard]] DescribedCommand program() const { return describe(app_, "gatehouse"); }

 private:
  CLI::App app_{"A small program."};
  std::string data_ = "./data", file_;
  bool quiet_ = false;
};

TEST_F(SmallProgram, is_described_without_what_is_hidden) {
  const auto described = program();
  ASSERT_EQ(described.commands.size(), 1U);
  const auto& inner = described.commands.front().commands.front();
  EXPECT_EQ(inner.path, "gatehouse outer inner");
  EXPECT_EQ(inner.inherited.back().names, std::vector<std::string>{"--data"});
  EXPECT_EQ(inner.inherited.back().default_text, "./data");
  EXPECT_EQ(inner.options.back().names, (std::vector<std::string>{"-q", "--quiet"}));
  EXPECT_EQ(inner.options.back().value, "");
  EXPECT_TRUE(inner.options[1].positional && inner.options[1].required);
}

TEST_F(SmallProgram, has_a_manual_page_for_each_command) {
  const auto outer = program().commands.front();
  const auto page = man_page(outer.commands.front(), ".SH EXIT STATUS\n0\n");
  EXPECT_THAT(page, HasSubstr(".SH NAME\ngatehouse\\-outer\\-inner \\- do a part\n"));
  EXPECT_THAT(page, HasSubstr("\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR\nSay nothing.\n"));
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-data\\fR \\fITEXT\\fR\nWhere it lies.\nWithout it: \\fB./data\\fR.\n"));
  EXPECT_THAT(page, HasSubstr("\\fIfile\\fR\nWhat to read.\nMust be given.\n"));
  EXPECT_THAT(page, HasSubstr(".SH EXIT STATUS\n0\n.SH SEE ALSO\n\\fBgatehouse\\-outer\\fR(1)"));
  EXPECT_THAT(man_page(outer, {}), HasSubstr("See \\fBgatehouse\\-outer\\-inner\\fR(1)"));
}

TEST_F(SmallProgram, is_completed_in_every_shell) {
  const auto bash = bash_completion(program());
  EXPECT_THAT(bash, HasSubstr("'gatehouse outer inner') words='--data --help --quiet -h -q'"));
  EXPECT_THAT(bash, HasSubstr("'gatehouse') words='--help --version -h outer'"));
  const auto zsh = zsh_completion(program());
  EXPECT_THAT(zsh, HasSubstr("'outer:Do what'\\''s outside\\: \\[all\\] of it'"));
  EXPECT_THAT(zsh, HasSubstr("'--data[Where it lies]:TEXT:_files'"));
  const auto fish = fish_completion(program());
  EXPECT_THAT(fish,
              HasSubstr("-n '__fish_seen_subcommand_from outer; and __fish_seen_subcommand_from inner' -s q -l quiet"));
  for (const auto& script : {bash, zsh, fish})
    EXPECT_THAT(script, Not(HasSubstr("secret")));
}

TEST(ConfigurationPage, has_tables_settings_and_what_is_said_of_them) {
  const auto page = configuration_page(
      "# A file.\n#\n# More.\n\n# Where.\n#data = \"a-b\"\n\n# Says.\n#[log]\n# How.\n#format = 1\n");
  EXPECT_THAT(
      page,
      HasSubstr(".SH DESCRIPTION\nA file.\n.PP\nMore.\n.PP\n.SH SETTINGS\n.TP\n\\fBdata = \"a\\-b\"\\fR\nWhere.\n"));
  EXPECT_THAT(page, HasSubstr(".SH [log]\nSays.\n.TP\n\\fBformat = 1\\fR\nHow.\n"));
}

}  // namespace
}  // namespace gatehouse::cli
