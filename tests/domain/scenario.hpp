// Given / when / then for the rules: commands are decided on rows in memory and their events folded into them, with ids, times and
// confirmation tokens that are the same in every run. What is accepted stays, so the next command of the scenario sees it.
#pragma once
#include <gtest/gtest.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/decide.hpp"
#include "table/memory_table.hpp"

namespace gatehouse::test {

[[nodiscard]] Caller as(std::string user_id);
[[nodiscard]] Caller platform_service();
[[nodiscard]] Caller directory_service();
[[nodiscard]] Caller plain_service();  // without any scope

// Ids that count up, so that what is made first is "first" in every run.
class CountingIds final : public IdSource {
 public:
  Uuid next(Timestamp now) override;
  std::array<std::uint8_t, 16> salt() override { return {}; }

 private:
  std::uint8_t count_{};
};

// Tokens that say in plain text what they are bound to.
class PlainTokens final : public ConfirmationTokens {
 public:
  [[nodiscard]] std::string issue(const Scope& scope, Timestamp now, Timestamp expires_at) const override;
  [[nodiscard]] Check check(const Scope& scope, Timestamp now, const std::string& token) const override;
};

// What became of one command.
class Outcome {
 public:
  explicit Outcome(Decided decided) : decided_(std::move(decided)) {}

  // Exactly these events, in this order.
  void then(const std::vector<Event>& expected) const;
  void then_names(const std::vector<std::string>& expected) const;
  void then_nothing() const { then({}); }
  const Rejection& then_refused(RejectionCode code) const;

  [[nodiscard]] bool accepted() const { return decided_.has_value(); }
  [[nodiscard]] const Decision& decision() const { return decided_.value(); }
  [[nodiscard]] const Rejection& refusal() const { return decided_.error(); }
  [[nodiscard]] std::string result(const std::string& name) const;
  template <class T>
  [[nodiscard]] const T& event(std::size_t index = 0) const {
    return std::get<T>(decision().events.at(index).event);
  }

 private:
  Decided decided_;
};

class Scenario {
 public:
  struct Sent {
    std::optional<std::uint64_t> if_match;
    bool must_be_new{};
  };

  // The account "acme" is open; its owner is "owner" with owner@acme.example.
  Scenario();

  // Must be accepted.
  Scenario& given(const Caller& caller, const Command& command);
  Scenario& given(Event event);  // whether or not a command would make it
  Scenario& given_member(const std::string& user_id, const std::string& role = "member");
  // A published, listed, user-level third-party app with production and development credentials; `change` may make it another.
  Scenario& given_app(const std::string& app_id, const std::function<void(AppRegistered&)>& change = {},
                      bool published = true);

  Outcome when(const Caller& caller, const Command& command) { return send(caller, command, {}); }
  Outcome send(const Caller& caller, const Command& command, Sent sent);
  // Sends the command twice: the first answer must ask for a confirmation, the second carries its token.
  template <class T>
  Outcome when_confirmed(const Caller& caller, T command) {
    const auto first = when(caller, Command(command));
    command.confirmation = first.then_refused(RejectionCode::confirmation_required).confirmation_token;
    return when(caller, Command(command));
  }

  // As where texts are sealed: what is folded is, and what when() answers is not yet.
  Scenario& seal_by(PersonalSealer& sealer) {
    sealer_ = &sealer;
    return *this;
  }
  // Commands and reads concern this account from now on; the platform's door is catalogue_stream.
  Scenario& at(AccountId account_id);
  Scenario& later(std::int64_t milliseconds);

  [[nodiscard]] State state() const { return State(rows_, account_id_, sealer_); }
  [[nodiscard]] MemoryTable& rows() { return rows_; }
  [[nodiscard]] std::uint64_t version() const { return version(account_id_); }
  [[nodiscard]] std::uint64_t version(const AccountId& stream) const;
  [[nodiscard]] Timestamp now() const { return now_; }
  // Everything that happened, in order.
  [[nodiscard]] const std::vector<std::pair<EventContext, Event>>& history() const { return history_; }

 private:
  void fold(const AccountId& stream, const Actor& actor, Event event);

  MemoryTable rows_;
  CountingIds ids_;
  PlainTokens tokens_;
  AccountId account_id_{"acme"};
  PersonalSealer* sealer_{};
  std::map<AccountId, std::uint64_t> versions_;
  Timestamp now_{1'700'000'000'000};
  std::vector<std::pair<EventContext, Event>> history_;
};

}  // namespace gatehouse::test
