#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "cli/doctor/report.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "commands/command_service.hpp"
#include "commands/system_ids.hpp"
#include "domain/always_confirmed.hpp"
#include "domain/rows.hpp"
#include "store/rocks_event_log.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

constexpr Timestamp recorded{1'700'000'000'000}, later{1'700'000'100'000};

// The data of a stopped server that opened one account.
class DoctorOnHistory : public ::testing::Test {
 protected:
  DoctorOnHistory() {
    OpenOptions options;
    options.data_dir = folder_.path();
    options.reserve = {.ballast_bytes = 0, .free_bytes_min = 0};
    const auto log = RocksEventLog::open(options).value();
    EXPECT_TRUE(log->set_state_version(state_rows_version));
    const auto keys = keys_to_serve(data(), *log, false);
    Submission submission;
    submission.account_id = catalogue_stream;
    submission.caller = {ActorType::service, "console", true, false};
    submission.commands.emplace_back(
        OpenAccount{AccountId{"acme"}, "Acme", {UserId{"olga"}, "olga@acme.example", "Olga"}, {}});
    SystemIds ids;
    AlwaysConfirmed confirmations;
    CommandService service(*log, ids, confirmations, [] { return recorded; }, {.keys = keys.get()});
    EXPECT_TRUE(std::holds_alternative<Committed>(service.run_group({submission}).front()));
  }
  [[nodiscard]] std::string data() const { return folder_.path().string(); }
  [[nodiscard]] Findings findings(Timestamp now = later) const { return check_history(data(), now); }
  // The check that found something, with what was seen.
  [[nodiscard]] std::string found(Verdict verdict, Timestamp now = later) const {
    std::string text;
    for (const auto& finding : findings(now))
      text += finding.verdict == verdict ? finding.check + ": " + finding.seen + "\n" : "";
    return text;
  }

 private:
  gatehouse::testing::TemporaryFolder folder_;
};

using ::testing::HasSubstr;

TEST_F(DoctorOnHistory, that_is_whole_is_content_and_leaves_no_trace) {
  const auto files = [this] {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data()))
      names.push_back(entry.path().string());
    std::ranges::sort(names);
    return names;
  };
  const auto before = files();
  EXPECT_EQ(worst_of(findings()), Verdict::ok) << text_of(findings());
  EXPECT_THAT(found(Verdict::ok), HasSubstr("log: opens, ends at position 2 as its witness says"));
  EXPECT_THAT(found(Verdict::ok), HasSubstr("newest event: recorded 100 s ago"));
  EXPECT_EQ(files(), before);
}

TEST_F(DoctorOnHistory, finds_a_clock_behind_the_newest_event) {
  EXPECT_EQ(found(Verdict::wrong, Timestamp{recorded.unix_ms - 5'000}), "newest event: the clock is 5 s behind it\n");
  EXPECT_EQ(found(Verdict::wrong, Timestamp{recorded.unix_ms - 500}), "") << "a step of a clock that is kept right";
}

TEST_F(DoctorOnHistory, finds_a_witness_that_is_gone_or_spoilt) {
  const auto witness = std::filesystem::path(data()) / "witness";
  std::ofstream(witness, std::ios::trunc) << std::string(8192, 'x');
  EXPECT_THAT(found(Verdict::wrong), HasSubstr("log: the witness file is damaged"));
  std::filesystem::remove(witness);
  EXPECT_THAT(found(Verdict::wrong), HasSubstr("log: the witness file is missing"));
}

TEST_F(DoctorOnHistory, finds_a_store_of_keys_that_is_gone_or_another_logs) {
  std::filesystem::remove_all(subject_keys_of(data()));
  EXPECT_THAT(found(Verdict::wrong), HasSubstr("persons' keys: the log has sealed texts"));
  ASSERT_TRUE(open_subject_keys(subject_keys_of(data()), KeysAccess::make).has_value());
  EXPECT_THAT(found(Verdict::wrong), HasSubstr("not the store of this log"));
}

TEST_F(DoctorOnHistory, finds_what_imports_have_left) {
  hold_outbound(data());
  EXPECT_THAT(found(Verdict::warning), HasSubstr("no mails and webhooks"));
  begin_import(data());
  EXPECT_THAT(found(Verdict::wrong), HasSubstr("import"));
}

TEST_F(DoctorOnHistory, says_when_the_next_start_makes_the_state_anew) {
  OpenOptions options;
  options.data_dir = data();
  options.reserve = {.ballast_bytes = 0, .free_bytes_min = 0};
  ASSERT_TRUE(RocksEventLog::open(options).value()->set_state_version(state_rows_version + 1));
  EXPECT_THAT(found(Verdict::warning), HasSubstr("state: its rows are of version"));
}

}  // namespace
}  // namespace gatehouse::cli
