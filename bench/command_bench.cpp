// command_bench [--seconds N] [--folder DIR]: durable commands in process, 64 in flight, beside what RocksDB's own group commit does with the same bytes and as many
// threads; and what it costs them that texts about persons are sealed: on a log with keys and on one without, new members, each of whom gets a key, and changes of
// members, whose keys are there. Windows of each kind in turn.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/command_stream.hpp"
#include "bench/company.hpp"
#include "bench/disk_baseline.hpp"
#include "bench/open_log.hpp"
#include "bench/prepared_data.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t changed_members = 1'000;
constexpr double rocksdb_share_min = 0.7;

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
    (*keys)->renew_reserve({});
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

void compare_with_rocksdb(Report& report, const std::filesystem::path& folder, CommandStream& new_members,
                          std::chrono::milliseconds window) {
  const DiskBaseline disk(folder, wal_bytes_per_command(folder), window);
  std::vector<double> commands, writes;
  for (std::size_t number = 0; number < compared_windows; ++number) {
    commands.push_back(new_members.run(window));
    writes.push_back(disk.rocks_group_commit(commands_in_flight).records_per_second);
  }
  report.row({.name = "new members, 64 in flight, " + std::to_string(disk.record_bytes()) + " bytes each",
              .value = median(commands),
              .unit = Unit::per_second,
              .against = "RocksDB's group commit, 64 threads",
              .reference = median(writes),
              .bar = Bar::at_least,
              .bar_value = rocksdb_share_min * median(writes)});
}

int run(const WindowSettings& settings) {
  const ScratchFolder folder(settings.folder, "command-bench");
  Side sealed(folder.path() / "sealed", true), plain(folder.path() / "plain", false);
  Report report("Commands in process");
  report.section("Medians of " + std::to_string(compared_windows) + " windows of each kind");
  compare_with_rocksdb(report, folder.path(), sealed.new_members(), settings.window);
  compare(report, "new members, 64 in flight", sealed.new_members(), plain.new_members(), settings.window);
  compare(report, "members' names changed, 64 in flight", sealed.new_names(), plain.new_names(), settings.window);
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(
      gatehouse::bench::read_window_arguments(6 * gatehouse::bench::compared_windows, count, arguments));
} catch (const std::exception& error) {
  std::cerr << "command_bench: " << error.what() << "\n";
  return 1;
}
