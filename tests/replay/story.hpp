// A history that random commands make: accounts, members, groups and apps so few that the commands meet each other all the time. The same seed
// makes the same history. Commands go through the command path, so the log holds the state that was decided on as well.
#pragma once
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "commands/command_service.hpp"
#include "commands/system_ids.hpp"
#include "store/event_log.hpp"

namespace gatehouse::testing {

class Story {
 public:
  struct Size {
    std::size_t accounts = 2;
    std::size_t members = 6;  // of each account
    std::size_t groups = 2;
    std::size_t apps = 6;
    SubjectKeys* keys = nullptr;  // seals texts, and outlives the story
    bool erases = false;          // removed members now and then
    bool keyed = false;           // every submission has an idempotency key, and is remembered
  };
  struct Sent {
    Submission submission;
    Outcome outcome;
  };

  Story(EventLog& log, std::uint64_t seed, Size size);
  Story(EventLog& log, std::uint64_t seed) : Story(log, seed, Size{}) {}

  // Tries this many random commands, in groups; most are accepted.
  void go_on(std::size_t commands);

  [[nodiscard]] const std::vector<AccountId>& accounts() const { return accounts_; }
  [[nodiscard]] const std::vector<AppId>& apps() const { return apps_; }
  [[nodiscard]] std::size_t accepted() const { return accepted_; }
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
  // Sends something once more, or something of one's own.
  [[nodiscard]] Outcome send(Submission submission) { return commands_.run_group({std::move(submission)}).front(); }

 private:
  class EveryToken;

  [[nodiscard]] std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  template <class T>
  const T& any_of(const std::vector<T>& values) {
    return values[below(values.size())];
  }
  [[nodiscard]] UserId any_user() { return UserId{"user-" + std::to_string(below(size_.members))}; }
  [[nodiscard]] std::vector<UserId> some_users();
  [[nodiscard]] std::vector<GroupId> some_groups();

  void open();
  void run(std::vector<Submission> group);
  void remember(const Submission& submission, const Committed& committed);
  [[nodiscard]] Submission by_platform(Command command) const;
  [[nodiscard]] Submission by_owner(const AccountId& account, Command command) const;
  [[nodiscard]] Submission by_dispatcher(const AccountId& account, Command command) const;
  [[nodiscard]] Submission by_user(const AccountId& account, const UserId& user, Command command) const;
  [[nodiscard]] Submission register_app(std::size_t number);
  [[nodiscard]] Submission any();
  [[nodiscard]] Submission any_catalogue_command();
  [[nodiscard]] Submission any_record();
  [[nodiscard]] Submission erasure_of(const UserId& user);
  [[nodiscard]] Submission any_webhook_command();
  [[nodiscard]] Submission any_webhook_record(const EndpointName& endpoint);
  [[nodiscard]] Command any_directory_command();
  [[nodiscard]] Command any_governance_command();
  [[nodiscard]] Command any_request_decision();
  [[nodiscard]] Command any_member_command();

  EventLog* log_;
  Size size_;
  std::mt19937_64 random_;
  std::vector<AccountId> accounts_;
  std::vector<AppId> apps_;
  std::vector<std::pair<AccountId, RequestId>> requests_;  // that were made
  std::vector<EndpointName> endpoints_;  // that were registered, in the catalogue's stream or an account's
  SeededIds ids_;
  std::unique_ptr<ConfirmationTokens> tokens_;
  std::int64_t now_ms_ = 1'700'000'000'000;
  CommandService commands_;
  std::size_t accepted_{};
  std::uint32_t keys_{};
  std::vector<Sent> sent_;
};

}  // namespace gatehouse::testing
