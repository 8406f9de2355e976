// What `gatehouse drill` compares a backup with, and what the commands on backups refuse.
#include <fstream>

#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

namespace fs = std::filesystem;

constexpr int exit_damaged = 1;
constexpr int exit_not_done = 2;

// Beside a running server that made a backup.
class BackupOptions : public testing::Test {
 protected:
  BackupOptions() : server_(data(), {"--config", configured()}) {
    server_.start();
    static_cast<void>(open_marketplace(server_));
    EXPECT_EQ(run_gatehouse({"backup", "--data", data().string()}).exit_code, 0);
  }
  [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] fs::path data() const { return at("data"); }
  [[nodiscard]] std::string configured() const {
    std::ofstream(at("gatehouse.toml")) << "[backup]\ndirectory = \"" << at("backups").string()
                                        << "\"\nkeys_directory = \"" << at("keys").string() << "\"\n";
    return at("gatehouse.toml").string();
  }
  [[nodiscard]] std::vector<std::string> restore_arguments(const std::string& name,
                                                           const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"restore",           "--from", at("backups").string(), "--keys",
                                       at("keys").string(), "--data", at(name).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  ScratchFolder folder_;
  ServerProcess server_;
};

TEST_F(BackupOptions, ADrillIsNotComparedWithAnotherLog) {
  const auto drill_beside = [&](const fs::path& folder) {
    return run_gatehouse({"drill", "--from", at("backups").string(), "--keys", at("keys").string(), "--data",
                          folder.string(), "--scratch", folder_.path().string()});
  };
  ServerProcess other(at("other"));
  other.start();
  static_cast<void>(open_marketplace(other));
  for (const bool runs : {true, false}) {
    if (!runs)
      ASSERT_EQ(other.stop(), 0);
    const auto told = drill_beside(other.data());
    EXPECT_EQ(told.exit_code, exit_damaged) << told.output;
    EXPECT_NE(told.output.find("is another one than that of the backup"), std::string::npos) << told.output;
    EXPECT_EQ(told.output.find("would be lost"), std::string::npos) << told.output;
  }
  ASSERT_EQ(run_gatehouse(restore_arguments("earlier", {"--position", "1"})).exit_code, 0);
  const auto shorter = drill_beside(at("earlier"));
  EXPECT_EQ(shorter.exit_code, exit_damaged) << shorter.output;
  EXPECT_NE(shorter.output.find("it has lost events"), std::string::npos) << shorter.output;
}

TEST_F(BackupOptions, ALogThatWasPublishedIsSignedByItsOwnKeyAlone) {
  ServerProcess other(at("other"));
  other.start();
  static_cast<void>(open_marketplace(other));
  ASSERT_EQ(other.stop(), 0);
  const auto key = other.data() / "keys" / "log-signing.pem";
  fs::rename(key, at("log-signing.pem"));
  const std::vector<std::string> backup{"backup", "--data", other.data().string(), "--to", at("others").string()};
  const auto refused = run_gatehouse(backup);
  EXPECT_NE(refused.exit_code, 0) << refused.output;
  EXPECT_FALSE(fs::exists(key));
  fs::rename(at("log-signing.pem"), key);
  EXPECT_EQ(run_gatehouse(backup).exit_code, 0);
}

TEST_F(BackupOptions, KeysThatAreDamagedAreNotRestored) {
  const auto keys = at("keys") / "current";
  std::vector<fs::path> files{keys / "keys" / "token-signing.pem", keys / "keys" / "webhooks.key"};
  for (const auto& entry : fs::directory_iterator(keys / "subject-keys")) {
    if (entry.path().extension() == ".sst")
      files.push_back(entry.path());
  }
  ASSERT_GT(files.size(), 2U);
  const std::vector<std::string> drill{
      "drill",         "--from",    at("backups").string(), "--keys", at("keys").string(), "--data",
      data().string(), "--scratch", folder_.path().string()};
  for (const auto& file : files) {
    const auto bytes = read_text(file);
    fs::resize_file(file, bytes.size() / 2);
    for (const auto& arguments : {restore_arguments("new", {}), drill}) {
      const auto refused = run_gatehouse(arguments);
      EXPECT_EQ(refused.exit_code, exit_damaged) << refused.output;
      EXPECT_NE(refused.output.find(fs::path(file.parent_path().filename() / file.filename()).string()),
                std::string::npos)
          << refused.output;
    }
    EXPECT_FALSE(fs::exists(at("new")));
    std::ofstream(file, std::ios::binary) << bytes;
  }
  EXPECT_EQ(run_gatehouse(restore_arguments("new", {})).exit_code, 0);
}

// Enough to read a backup, and too few to prove what was restored.
TEST_F(BackupOptions, FewOpenFilesAreNoDamage) {
  for (const auto* limit : {"30", "36"}) {
    const auto told = run_program({"/bin/sh", "-c",
                                   std::string("ulimit -n ") + limit + "; exec " + GATEHOUSE_BINARY + " drill --from " +
                                       at("backups").string() + " --keys " + at("keys").string() + " --scratch " +
                                       folder_.path().string()});
    EXPECT_EQ(told.exit_code, exit_not_done) << limit << ": " << told.output;
    EXPECT_NE(told.output.find("raise the limit of open files"), std::string::npos) << told.output;
  }
}

TEST_F(BackupOptions, OutputThatReachesNobodyIsNoSuccess) {
  const auto told = run_program(
      {"/bin/sh", "-c",
       std::string("exec ") + GATEHOUSE_BINARY + " verify-backup " + at("backups").string() + " > /dev/full"});
  EXPECT_EQ(told.exit_code, exit_not_done) << told.output;
}

TEST_F(BackupOptions, ThatCannotBeAreRefusedBeforeAnythingIsDone) {
  const auto refused = [&](std::vector<std::string> arguments, const std::string& why) {
    const auto finished = run_gatehouse(std::move(arguments));
    EXPECT_EQ(finished.exit_code, exit_not_done);
    EXPECT_NE(finished.output.find(why), std::string::npos) << finished.output;
  };
  refused({"backup", "--data", data().string(), "--keep", "0"}, "--keep: \"0\" is not a whole number from 1 on");
  refused({"backup", "--data", ""}, "--data: must not be empty");
  refused({"serve", "--data", ""}, "--data: must not be empty");
  refused({"export", "--account", ""}, "--account: must not be empty");
  refused({"top", "--interval", "nan"}, "\"nan\" is not a number");
  refused({"verify-backup", at("backups").string(), "--backup", "0"},
          "--backup: \"0\" is not a whole number from 1 on");
  refused(restore_arguments("new", {"--time", ""}), "--time: must not be empty");
  refused(restore_arguments("new", {"--checkpoint", "/dev/zero"}), "/dev/zero is no file of at most 1048576 bytes");
  refused(restore_arguments("new", {"--checkpoint", GATEHOUSE_BINARY}), "is no file of at most 1048576 bytes");
  refused({"proof", "--event", "-1"}, "--event: \"-1\" is not a whole number from 0 on");
  refused({"backup", "--data", data().string(), "--origin", "foo"}, "leave --keys-to, --keep and --origin out");
  refused(restore_arguments("new", {"--position", "0"}), "--position: \"0\" is not a whole number from 1 on");
  refused(restore_arguments("new", {"--checkpoint", at("nowhere").string()}), "nowhere cannot be read");
  refused({"restore", "--from", at("backups").string(), "--data", "/proc/xx"}, "/proc/xx cannot be made: ");
  refused({"drill", "--data", data().string(), "--from", at("backups").string(), "--scratch", at("nowhere").string()},
          "--scratch must name a folder that is there");
  EXPECT_FALSE(fs::exists(at("new")));
}

}  // namespace
}  // namespace gatehouse::system_test
