// sealing_bench [--seconds N] [--folder DIR]: what it costs a command that texts about persons are sealed. Durable commands, 64 in flight, on a log with keys and on
// one without, in turn: new members, each of whom gets a key, and changes of members, whose keys are there.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/command_stream.hpp"
#include "bench/company.hpp"
#include "bench/open_log.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t changed_members = 1'000;

Submission one_more_member(std::uint64_t number) {
  return Company::by_directory(company_account, {Company::new_member("n" + std::to_string(number))});
}

Submission another_name(std::uint64_t number) {
  ChangeMember change;
  change.user_id = member_id(number % changed_members);
  change.name = "Number " + std::to_string(number);
  return Company::by_directory(company_account, {std::move(change)});
}

// A log of its own, with keys or without.
class Side {
 public:
  Side(const std::filesystem::path& folder, bool with_keys)
      : log_(open_log(folder / "db")), keys_(with_keys ? open_keys(folder / "keys") : nullptr),
        confirmations_([](std::string_view message) { return std::string(message); }),
        commands_(*log_, ids_, confirmations_, wall_clock, {.keys = keys_.get()}),
        new_members_(commands_, one_more_member), new_names_(commands_, another_name) {
    open_company();
    commands_.start();
  }
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
  ~Side() { commands_.stop(); }

  CommandStream& new_members() { return new_members_; }
  CommandStream& new_names() { return new_names_; }

 private:
  static std::unique_ptr<SubjectKeys> open_keys(const std::filesystem::path& folder) {
    auto keys = open_subject_keys(folder.string(), KeysAccess::make);
    if (!keys)
      throw std::runtime_error(keys.error().detail);
    return std::move(*keys);
  }

  void open_company() {
    Company company(*log_, keys_.get());
    company.open();
    company.add_members(changed_members);
  }

  SystemIds ids_;
  std::unique_ptr<RocksEventLog> log_;
  std::unique_ptr<SubjectKeys> keys_;
  MacConfirmationTokens confirmations_;
  CommandService commands_;
  CommandStream new_members_, new_names_;
};

void compare(Report& report, const std::string& name, CommandStream& sealed, CommandStream& plain,
             std::chrono::milliseconds window) {
  std::vector<double> with_keys, without_keys;
  for (std::size_t number = 0; number < compared_windows; ++number) {
    with_keys.push_back(sealed.run(window));
    without_keys.push_back(plain.run(window));
  }
  report.row({.name = name,
              .value = median(with_keys),
              .unit = Unit::per_second,
              .against = "without keys",
              .reference = median(without_keys)});
}

int run(const WindowSettings& settings) {
  const ScratchFolder folder(settings.folder, "sealing-bench");
  Side sealed(folder.path() / "sealed", true), plain(folder.path() / "plain", false);
  Report report("Sealed texts");
  compare(report, "new members, 64 in flight", sealed.new_members(), plain.new_members(), settings.window);
  compare(report, "members' names changed, 64 in flight", sealed.new_names(), plain.new_names(), settings.window);
  report.note(std::to_string(compared_windows) + " windows of each kind");
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(
      gatehouse::bench::read_window_arguments(4 * gatehouse::bench::compared_windows, count, arguments));
} catch (const std::exception& error) {
  std::cerr << "sealing_bench: " << error.what() << "\n";
  return 1;
}
