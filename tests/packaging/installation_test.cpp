// The package installed, upgraded, removed, purged and installed again for real, with the service at work in between.
#include <signal.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/packaging/built_package.hpp"
#include "tests/packaging/installed_service.hpp"

namespace gatehouse::packaging_test {
namespace {

using system_test::read_text;
using system_test::run_program;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

void replace(std::string& text, const std::string& from, const std::string& to) {
  ASSERT_NE(text.find(from), std::string::npos) << from << " is not in\n" << text;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Nobody but root may mount; whoever runs the tests as somebody else has sudo, as for installing what they need. The test then runs once more, as root.
void run_as_root() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto again = run_program({"/usr/bin/sudo", "-n", "env", package_variable + ("=" + built_package().string()),
                                  std::filesystem::read_symlink("/proc/self/exe").string(),
                                  std::string("--gtest_filter=") + test->test_suite_name() + "." + test->name()});
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("[  PASSED  ] 1 test."));
}

bool is_root() { return ::geteuid() == 0; }

// A root with the two packages in it, for tests that are root.
class Installation : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_root())
      return;
    root_ = std::make_unique<ThrowAwayRoot>();
    root_->bring(built_package(), "/root/first.deb");
    make_version(built_package(), "999.0-1", root_->outside("/root/second.deb"));
  }

  // What a script of a user with root's rights says; it must succeed.
  std::string type(const std::string& script) const {
    const auto typed = root_->run(script);
    EXPECT_EQ(typed.exit_code, 0) << script << "\n" << typed.output;
    return typed.output;
  }

  void start(InstalledService& service) const {
    service.start();
    ASSERT_THAT(service.told(), StartsWith("READY=1\n")) << service.output();
  }

  static void stop(InstalledService& service) {
    service.signal(SIGTERM);
    EXPECT_THAT(service.told(), StartsWith("STOPPING=1\n"));
    EXPECT_EQ(service.wait_for_end(), 0) << service.output();
  }

  // The README's commands, as the package brings them.
  void grant() const {
    const auto readme = read_text(root_->outside("/usr/share/doc/gatehouse/README.md"));
    const auto begin = readme.find("```sh\n") + 6;
    auto script = readme.substr(begin, readme.find("```", begin) - begin);
    replace(script, "build/release/gatehouse", "gatehouse");
    replace(script, "--data data", "--data /var/lib/gatehouse");
    replace(script, "catalogue/manifests", "/usr/share/doc/gatehouse/examples/manifests");
    EXPECT_THAT(type(script), HasSubstr(R"({"allowed":true)"));
  }

  void expect_granted() const {
    EXPECT_THAT(type("curl -sS -H \"Authorization: Bearer $(gatehouse token --data /var/lib/gatehouse --account acme "
                     "--user owner "
                     "| tail -1)\" http://127.0.0.1:8080/v1/accounts/acme/apps/notes/installability"),
                HasSubstr(R"({"allowed":true)"));
  }

  // As the operator calls it, who is root; what belongs to the service still does afterwards.
  void expect_healthy() const {
    const auto told = type(
        "unshare --mount sh -c 'mount -t proc proc /proc; cd /etc/gatehouse; gatehouse doctor --config gatehouse.toml "
        "--data /var/lib/gatehouse' || test $? -eq 1");
    EXPECT_THAT(told, HasSubstr("ok       server            runs and is ready"));
    EXPECT_THAT(told, HasSubstr(" 0 wrong"));
    EXPECT_EQ(type("find /var/lib/gatehouse ! -user gatehouse"), "");
  }

  void expect_owners(const std::string& configuration) const {
    EXPECT_EQ(type("stat -c '%n %U:%G %a' /etc/gatehouse /etc/gatehouse/gatehouse.toml /var/lib/gatehouse"),
              "/etc/gatehouse root:gatehouse 750\n/etc/gatehouse/gatehouse.toml root:gatehouse 640\n"
              "/var/lib/gatehouse gatehouse:gatehouse 700\n");
    EXPECT_THAT(read_text(root_->outside("/etc/gatehouse/gatehouse.toml")), HasSubstr(configuration));
  }

  std::unique_ptr<ThrowAwayRoot> root_;
};

TEST_F(Installation, has_a_unit_that_systemd_calls_safe_and_leaves_nothing_where_there_was_no_history) {
  if (!is_root())
    return run_as_root();
  type("dpkg -i /root/first.deb");
  EXPECT_EQ(type("mount -t proc proc /proc; systemd-analyze verify /lib/systemd/system/gatehouse.service 2>&1"), "");
  constexpr auto exposure_max = "13";  // in tenths, of 10
  const auto score = root_->run(std::string("systemd-analyze security --no-pager --offline=true --threshold=") +
                                exposure_max + " /lib/systemd/system/gatehouse.service");
  EXPECT_EQ(score.exit_code, 0) << score.output;
  EXPECT_THAT(type("dpkg -P gatehouse; test ! -e /etc/gatehouse; test ! -e /var/lib/gatehouse"),
              Not(HasSubstr("history stays")));
}

TEST_F(Installation, keeps_the_data_through_upgrade_removal_and_purge) {
  if (!is_root())
    return run_as_root();
  InstalledService service(*root_);
  type("dpkg -i /root/first.deb; test -L /etc/systemd/system/multi-user.target.wants/gatehouse.service; man -w "
       "gatehouse-serve");
  expect_owners("#data = ");
  start(service);
  grant();
  expect_healthy();
  service.signal(SIGHUP);
  EXPECT_THAT(service.told(), StartsWith("RELOADING=1\n"));
  EXPECT_THAT(service.told(), StartsWith("READY=1\n"));

  type("echo '# of our own' >>/etc/gatehouse/gatehouse.toml; dpkg -i /root/second.deb");
  stop(service);
  expect_owners("# of our own");
  start(service);
  expect_granted();
  stop(service);

  type("dpkg -r gatehouse; test ! -e /usr/bin/gatehouse; test -f /etc/gatehouse/gatehouse.toml; test -d "
       "/var/lib/gatehouse/db");
  const auto purged = type("dpkg -P gatehouse; test ! -e /etc/gatehouse; ! dpkg-query -s gatehouse 2>/dev/null; test "
                           "-d /var/lib/gatehouse/db; "
                           "! systemctl is-enabled gatehouse.service 2>/dev/null");
  EXPECT_THAT(purged, HasSubstr("The history stays in /var/lib/gatehouse"));

  type("dpkg -i /root/second.deb");
  expect_owners("#data = ");
  start(service);
  expect_granted();
  stop(service);
}

}  // namespace
}  // namespace gatehouse::packaging_test
