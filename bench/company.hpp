// A history of any size to measure on: one account with as many members and installations as asked for, its apps, and a second account beside
// it. Made in process through the command pipeline, in groups, so that every row is what the rules make of it.
// Not for several threads; nothing else may append to the log meanwhile.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "commands/command_service.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"
#include "store/event_log.hpp"

namespace gatehouse::bench {

inline const AccountId company_account{"company"};
inline const AccountId neighbour_account{"neighbour"};
inline const UserId company_owner{"company-owner"};
inline const UserId neighbour_owner{"neighbour-owner"};
inline constexpr std::size_t requested_apps = 20;  // not pre-approved: members ask for them
[[nodiscard]] Timestamp wall_clock();
[[nodiscard]] UserId member_id(std::size_t number);
[[nodiscard]] AppId installed_app();  // pre-approved for everyone
[[nodiscard]] AppId second_app();     // the same
[[nodiscard]] AppId requested_app(std::size_t number);

class Company {
 public:
  // `log` must be empty and outlive the company, and so must the keys, where texts are to be sealed.
  explicit Company(EventLog& log, SubjectKeys* keys = nullptr);

  void open();
  // Members 0 .. count are there afterwards.
  void add_members(std::size_t count);
  // Members from .. to have the app.
  void install(const AppId& app, std::size_t from, std::size_t to);
  // Members from .. to ask for the app.
  void request(const AppId& app, std::size_t from, std::size_t to);

  // One group, made durable together. Throws std::runtime_error when one is refused.
  std::vector<Outcome> commit(std::vector<Submission> group);
  std::vector<Outcome> try_commit(std::vector<Submission> group) { return commands_.run_group(std::move(group)); }

  [[nodiscard]] static Submission by_member(const UserId& member, Command command);
  [[nodiscard]] static Submission by_directory(const AccountId& account, std::vector<Command> commands);
  [[nodiscard]] static AddMember new_member(const std::string& id);

 private:
  void by_platform(std::vector<Command> commands);
  template <class MakeCommand>
  void by_members(std::size_t from, std::size_t to, const MakeCommand& make_command);

  SeededIds ids_{1};
  MacConfirmationTokens confirmations_;
  CommandService commands_;
  std::size_t members_ = 0;
};

}  // namespace gatehouse::bench
