// `gatehouse top` in a real terminal, tmux's, beside a real server.
#include <signal.h>

#include <chrono>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>

#include "tests/system/marketplace.hpp"
#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::seconds patience{20};

// A shell in a terminal of its own.
class TerminalWithShell {
 public:
  TerminalWithShell() {
    server_ = start_program({"/usr/bin/tmux", "-f", "/dev/null", "-S", socket(), "-D"}, folder_.path() / "tmux");
    const std::vector<std::string> shell{"new-session", "-d", "-x", "100", "-y", "30", "/bin/sh"};
    until([&] { return tmux(shell).exit_code == 0; }, "a terminal");
  }
  ~TerminalWithShell() {
    ::kill(server_, SIGTERM);
    static_cast<void>(wait_for_program(server_));
  }
  TerminalWithShell(const TerminalWithShell&) = delete;
  TerminalWithShell& operator=(const TerminalWithShell&) = delete;

  Finished tmux(std::vector<std::string> arguments) const {
    // -N: while ours is not there yet, no other server that would outlive the test.
    arguments.insert(arguments.begin(), {"/usr/bin/tmux", "-N", "-S", socket()});
    return run_program(arguments);
  }
  void type(const std::string& text) const {
    tmux({"send-keys", "-l", text});
    tmux({"send-keys", "Enter"});
  }
  void press(const std::string& key) const { tmux({"send-keys", key}); }
  void resize(const std::string& columns, const std::string& rows) const {
    tmux({"resize-window", "-x", columns, "-y", rows});
  }
  [[nodiscard]] std::string screen() const { return tmux({"capture-pane", "-p"}).output; }
  // Of the terminal: whether a program has the alternate screen, and whether there is a cursor.
  [[nodiscard]] std::string state() const {
    return tmux({"display-message", "-p", "alternate=#{alternate_on} cursor=#{cursor_flag}"}).output;
  }
  void wait_for_state(const std::string& wanted) const {
    until([&] { return state() == wanted + "\n"; }, wanted);
  }
  void wait_for(const std::string& text) const {
    until([&] { return screen().find(text) != std::string::npos; }, text);
  }
  void wait_until_gone(const std::string& text) const {
    until([&] { return screen().find(text) == std::string::npos; }, "no " + text);
  }
  // What stty says of the terminal.
  [[nodiscard]] std::string settings(const std::string& name) const {
    const auto file = folder_.path() / name;
    type("stty -g >" + file.string() + ".new; mv " + file.string() + ".new " + file.string());
    until([&] { return std::filesystem::exists(file); }, "the terminal's settings");
    return read_text(file);
  }

 private:
  [[nodiscard]] std::string socket() const { return (folder_.path() / "socket").string(); }
  template <class Condition>
  void until(const Condition& holds, const std::string& what) const {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline)
        FAIL() << "there is no " << what << ":\n" << screen() << state();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  ScratchFolder folder_;
  pid_t server_{};
};

constexpr auto on_the_shell = "alternate=0 cursor=1";
constexpr auto in_the_program = "alternate=1 cursor=0";

class Top : public ::testing::Test {
 protected:
  Top() { server_.start(); }
  [[nodiscard]] std::string command() const {
    return std::string(GATEHOUSE_BINARY) + " top --data " + server_.data().string() + " --interval 0.2";
  }

  const ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data"};
};

TEST_F(Top, shows_a_running_server_and_leaves_the_terminal_as_it_was) {
  static_cast<void>(open_marketplace(server_));
  const TerminalWithShell terminal;
  terminal.type("echo before-$((20 + 1))");
  terminal.wait_for("before-21");
  const auto settings = terminal.settings("before");

  terminal.type(command() + "; echo ended-$?");
  terminal.wait_for_state(in_the_program);
  terminal.wait_for("READY");
  for (const auto* word : {"gatehouse ", "requests ", "commits ", "storage ", "projection ", "inbox ", "OpenAccount "})
    terminal.wait_for(word);
  EXPECT_THAT(terminal.screen(), AllOf(HasSubstr(server_.url()), Not(HasSubstr("before-21"))));
  terminal.resize("60", "12");
  terminal.wait_until_gone("OpenAccount");
  EXPECT_THAT(terminal.screen(), HasSubstr("commits "));
  terminal.resize("100", "40");
  terminal.wait_for("OpenAccount");

  terminal.press("q");
  terminal.wait_for("ended-0");
  terminal.wait_for_state(on_the_shell);
  EXPECT_THAT(terminal.screen(), AllOf(HasSubstr("before-21"), Not(HasSubstr("READY"))));
  EXPECT_EQ(terminal.settings("after"), settings);
}

TEST_F(Top, gives_the_terminal_back_whatever_ends_or_stops_it) {
  const TerminalWithShell terminal;
  const auto settings = terminal.settings("before");
  terminal.type(command() + "; echo interrupted-$?");
  terminal.wait_for("READY");
  terminal.press("C-c");
  terminal.wait_for_state(on_the_shell);
  EXPECT_EQ(terminal.settings("interrupted"), settings);

  terminal.type(command());
  terminal.wait_for_state(in_the_program);
  terminal.wait_for("READY");
  terminal.press("C-z");
  terminal.wait_for_state(on_the_shell);
  terminal.type("fg");
  terminal.wait_for_state(in_the_program);
  terminal.wait_for("READY");
  terminal.press("q");
  terminal.wait_for_state(on_the_shell);

  const auto process = folder_.path() / "process";
  terminal.type("sh -c 'echo $$ >" + process.string() + "; exec " + command() + "'; echo terminated-$?");
  terminal.wait_for_state(in_the_program);
  terminal.wait_for("READY");
  ASSERT_EQ(::kill(std::stoi(read_text(process)), SIGTERM), 0);
  terminal.wait_for("terminated-0");
  terminal.wait_for_state(on_the_shell);
  EXPECT_EQ(terminal.settings("terminated"), settings);
}

TEST_F(Top, says_that_the_server_is_gone_and_goes_on_when_it_is_back) {
  const TerminalWithShell terminal;
  ASSERT_EQ(server_.stop(), 0);
  terminal.type(command() + " --url " + server_.url());
  terminal.wait_for("NO ANSWER, trying again: ");
  const auto again = start_gatehouse(
      {"serve", "--data", server_.data().string(), "--listen", "127.0.0.1:" + std::to_string(server_.port())},
      folder_.path() / "again");
  terminal.wait_for("READY");
  EXPECT_THAT(terminal.screen(), Not(HasSubstr("NO ANSWER")));
  ASSERT_EQ(::kill(again, SIGTERM), 0);
  EXPECT_EQ(wait_for_program(again), 0);
  terminal.wait_for("NO ANSWER, trying again: ");
  EXPECT_THAT(terminal.screen(), HasSubstr("What follows is from "));
  terminal.press("q");
  terminal.wait_for_state(on_the_shell);
}

TEST_F(Top, prints_one_plain_frame_where_there_is_no_terminal) {
  for (const auto& more : {std::vector<std::string>{}, {"--once"}}) {
    std::vector<std::string> arguments{"top", "--data", server_.data().string(), "--interval", "0.1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto frame = run_gatehouse(arguments);
    EXPECT_EQ(frame.exit_code, 0) << frame.output;
    EXPECT_THAT(frame.output, AllOf(HasSubstr("READY\n"), HasSubstr("\nrequests "), HasSubstr("\ninbox ")));
    EXPECT_THAT(frame.output, Not(HasSubstr("\x1b")));
  }
  ASSERT_EQ(server_.stop(), 0);
  const auto gone = run_gatehouse({"top", "--url", server_.url(), "--once"});
  EXPECT_EQ(gone.exit_code, 1);
  EXPECT_THAT(gone.output, HasSubstr(server_.url()));
}

TEST(TopOfNothing, says_that_there_is_no_data) {
  const auto refused = run_gatehouse({"top", "--data", "/nowhere", "--once"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.output, HasSubstr("there is no data in /nowhere"));
}

}  // namespace
}  // namespace gatehouse::system_test
