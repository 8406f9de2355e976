#include <cstdio>
#include <filesystem>
#include <new>

#include <gtest/gtest.h>

#include "tests/store/crash_processes.hpp"
#include "tests/store/crash_script.hpp"
#include "tests/store/fault_file_system.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

constexpr std::uint64_t operations_max = 20'000;

// Which kinds of fault happen at operation n.
using Kinds = std::vector<FaultKind> (*)(std::uint64_t at);

// Where the campaign is; in memory that outlasts the processes that run it.
struct Progress {
  std::uint64_t at = 1;
  std::size_t kind{};
  bool is_played{};  // and not yet checked
  bool fired{};      // some fault of this operation happened
  bool done{};
  Answers answers{};
};

// Plays the script with a fault at one operation after the other until it runs to its end without one, each time checking what is left.
class WriteFaults {
 public:
  WriteFaults(std::uint64_t groups, Kinds kinds) : kinds_(kinds), script_{folder_.path() / "data", groups} {}

  void run() {
    std::uint64_t aborted = 0;
    while (!progress_->done) {
      const auto end = run_in_process([this] { return step(); });
      ASSERT_NE(end.exit_code, exit_wrong);
      // An assertion inside RocksDB ends the process, as a crash would; what counts is what is left.
      ASSERT_TRUE(end.exit_code == 0 || progress_->is_played) << "ended while checking operation " << progress_->at;
      aborted += end.exit_code == 0 ? 0 : 1;
    }
    std::printf("%lu operations, %lu runs aborted\n", progress_->at, aborted);
  }
  [[nodiscard]] std::uint64_t operations() const { return progress_->at; }

 private:
  static constexpr int exit_wrong = 3;

  // Checks what the last process left and plays on. The process ends then without closing anything, as in a crash.
  int step() {
    if (progress_->is_played) {
      progress_->is_played = false;
      if (!check() || progress_->at >= operations_max)
        return exit_wrong;
      advance();
    }
    if (!progress_->done)
      play(kinds_(progress_->at)[progress_->kind]);
    return 0;
  }

  void advance() {
    if (++progress_->kind < kinds_(progress_->at).size())
      return;
    progress_->done = !progress_->fired;
    progress_->fired = false;
    progress_->kind = 0;
    ++progress_->at;
  }

  void play(FaultKind kind) {
    std::filesystem::remove_all(script_.data_dir);
    progress_->answers.appended_groups = 0;
    progress_->answers.rebuilt_to = 0;
    progress_->is_played = true;
    const auto plan = std::make_shared<FaultPlan>(progress_->at, kind);
    auto options = script_.options();
    options.file_system = std::make_shared<FaultFileSystem>(plan, list_);
    options.disk = fault_disk(plan);
    auto log = script_.play(options, progress_->answers);
    progress_->fired |= plan->fired();
    static_cast<void>(log.release());
  }

  [[nodiscard]] bool check() const {
    remove_unsynced_names(list_);
    const auto fault = script_.find_fault(script_.options(), progress_->answers);
    if (!fault.empty())
      std::fprintf(stderr, "operation %lu, kind %zu: %s\n", progress_->at, progress_->kind, fault.c_str());
    return fault.empty();
  }

  Kinds kinds_;
  TemporaryFolder folder_;
  std::filesystem::path list_ = folder_.path() / "unsynced";
  CrashScript script_;
  Progress* progress_ = new (shared_memory(sizeof(Progress))) Progress;
};

#ifdef GATEHOUSE_LONG_CAMPAIGN

TEST(WriteFaultCampaign, no_fault_of_any_kind_at_any_operation_loses_what_was_acknowledged) {
  WriteFaults faults(200, [](std::uint64_t) {
    return std::vector<FaultKind>(std::begin(all_fault_kinds), std::end(all_fault_kinds));
  });
  faults.run();
}

#else

TEST(WriteFault, no_fault_at_any_operation_loses_what_was_acknowledged) {
  WriteFaults faults(
      8, [](std::uint64_t at) { return std::vector<FaultKind>{all_fault_kinds[at % std::size(all_fault_kinds)]}; });
  faults.run();
  EXPECT_GT(faults.operations(), 200U);
}

#endif

}  // namespace
}  // namespace gatehouse::testing
