// packaging/gatehouse.toml documents every setting, and as it stands it changes nothing.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <toml++/toml.h>

#include "cli/configuration.hpp"

namespace gatehouse::cli {
namespace {

const std::string documented = GATEHOUSE_SOURCE_DIR "/packaging/gatehouse.toml";

bool is_setting(const std::string& line) { return line.size() > 1 && line[0] == '#' && line[1] != ' '; }

// A folder with the file, all its settings switched on and /etc/gatehouse being that folder.
class SwitchedOn {
 public:
  SwitchedOn() : folder_(std::filesystem::path(testing::TempDir()) / ("documented-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "smtp-password") << "secret\n";
    std::ifstream source(documented);
    std::ofstream target(file());
    for (std::string line; std::getline(source, line);) {
      const auto switched_on = is_setting(line) ? line.substr(1) : line;
      target << std::regex_replace(switched_on, std::regex("/etc/gatehouse"), folder_.string()) << "\n";
    }
  }
  ~SwitchedOn() { std::filesystem::remove_all(folder_); }
  SwitchedOn(const SwitchedOn&) = delete;
  SwitchedOn& operator=(const SwitchedOn&) = delete;
  [[nodiscard]] std::string file() const { return (folder_ / "gatehouse.toml").string(); }

 private:
  std::filesystem::path folder_;
};

// With the names of errors; an element of a list as any of it.
void add_names(const toml::node& node, const std::string& place, SettingNames& names) {
  if (const auto* table = node.as_table()) {
    for (const auto& [key, value] : *table) {
      const auto name = (place.empty() ? "" : place + ".") + std::string(key.str());
      names.insert(name);
      add_names(value, name, names);
    }
  } else if (const auto* array = node.as_array()) {
    for (const auto& element : *array)
      add_names(element, place + "[]", names);
  }
}

TEST(DocumentedConfiguration, names_every_setting_that_the_reader_knows_and_no_other) {
  const SwitchedOn file;
  Configuration configuration;
  SettingNames known, any_known, named;
  read_configuration(file.file(), configuration, &known);  // throws for a setting that it does not know
  for (const auto& name : known)
    any_known.insert(std::regex_replace(name, std::regex(R"(\[\d+\])"), "[]"));
  add_names(toml::parse_file(file.file()), {}, named);
  EXPECT_EQ(named, any_known);
  EXPECT_THAT(any_known, testing::IsSupersetOf({"data", "issuers[].jwks_file", "transparency.witnesses[].key"}));
}

TEST(DocumentedConfiguration, as_installed_sets_nothing) { EXPECT_TRUE(toml::parse_file(documented).empty()); }

TEST(DocumentedConfiguration, shows_defaults_where_there_are_some) {
  const SwitchedOn file;
  Configuration shown;
  read_configuration(file.file(), shown);
  const Configuration otherwise;
  EXPECT_EQ(shown.data, otherwise.data);
  EXPECT_EQ(shown.listen.host, otherwise.listen.host);
  EXPECT_EQ(shown.listen.port, otherwise.listen.port);
  EXPECT_EQ(shown.threads, otherwise.threads);
  EXPECT_EQ(shown.log_format, otherwise.log_format);
  EXPECT_EQ(shown.access_log, otherwise.access_log);
  EXPECT_EQ(shown.log_level, otherwise.log_level);
  EXPECT_EQ(shown.slow_request_ms, otherwise.slow_request_ms);
  EXPECT_EQ(shown.free_bytes_min, otherwise.free_bytes_min);
  EXPECT_EQ(shown.ballast_bytes, otherwise.ballast_bytes);
  EXPECT_EQ(shown.mail.from.address, otherwise.mail.from.address);
  EXPECT_EQ(shown.mail.from.name, otherwise.mail.from.name);
  EXPECT_EQ(shown.mail.smtp->tls, outbound::SmtpSettings().tls);
  EXPECT_EQ(shown.mail.smtp->port, outbound::SmtpSettings().port);
  EXPECT_EQ(shown.transparency.heads_interval_seconds, otherwise.transparency.heads_interval_seconds);
  EXPECT_EQ(shown.transparency.quorum, shown.transparency.witnesses.size());
  EXPECT_EQ(shown.issuers.front().type_policy, identity::TypePolicy::access_token);
}

TEST(DocumentedConfiguration, says_something_before_every_setting) {
  std::ifstream source(documented);
  std::string last, line;
  while (std::getline(source, line)) {
    const bool follows = is_setting(line) && is_setting(last) && !last.starts_with("#from");
    EXPECT_FALSE(follows && !line.starts_with("#[")) << line;
    EXPECT_FALSE(is_setting(line) && last.empty()) << line;
    last = line;
  }
}

}  // namespace
}  // namespace gatehouse::cli
