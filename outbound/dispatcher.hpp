// Sends what is due and records what became of it, on a thread of its own: no command waits for it, and nothing that was recorded is sent again.
// What is due comes from the projection `outbound`, the outcome goes back as an ordinary command; between the two a mail may be sent twice when the
// process dies, with the same Message-ID.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "commands/command_service.hpp"
#include "outbound/mail.hpp"
#include "outbound/mailer.hpp"
#include "projections/outbound.hpp"
#include "replay/follower.hpp"
#include "store/event_log.hpp"

namespace gatehouse::outbound {

// After the n-th failed attempt so long until the next one, a fifth more or less; after the last one none.
inline constexpr std::array mail_retry_plan{
    std::chrono::minutes{1},   std::chrono::minutes{5},   std::chrono::minutes{30},   std::chrono::minutes{120},
    std::chrono::minutes{360}, std::chrono::minutes{720}, std::chrono::minutes{1'440}};

struct DispatcherCounters {
  std::atomic<std::uint64_t> sent{};
  std::atomic<std::uint64_t> failed{};    // attempts
  std::atomic<std::uint64_t> given_up{};  // after the last attempt
  std::atomic<std::uint64_t> suppressed{};
};

class Dispatcher {
 public:
  // What outlives the dispatcher.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    Follower& follower;
    Mailer& mailer;
  };
  struct Settings {
    Clock clock;
    Mailbox from;
    std::string public_url;                                                  // for links
    std::function<void(std::string_view)> report = [](std::string_view) {};  // what an operator should know
  };

  Dispatcher(const Parts& parts, Settings settings);
  ~Dispatcher();  // stop()

  void start();
  void stop();  // ends what is under way; it is sent again after the next start

  [[nodiscard]] const DispatcherCounters& counters() const { return counters_; }

 private:
  using MailKey = std::tuple<AccountId, NotificationId, UserId>;

  void run();
  bool work();  // whether anything was done
  bool queue_named();
  bool queue_settled();
  bool send_due();

  // Nothing while the rows do not contain all that was recorded.
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> rows(std::string_view projection) const;
  // The record of what became of the mail; nothing when it was interrupted.
  [[nodiscard]] std::optional<Command> attempt(const State& state, const DueMail& due);
  [[nodiscard]] std::optional<Mail> write_mail(const State& state, const DueMail& due) const;
  [[nodiscard]] Command record_of(const DueMail& due, const Mail& mail, const MailOutcome& outcome);
  [[nodiscard]] Timestamp next_attempt(std::uint32_t attempt);

  // Commits all, and waits until the projections know of it. False when the log did not take them.
  bool commit(std::vector<std::pair<AccountId, Command>> commands);
  bool caught_up();  // waits until the projections contain all that was recorded
  void wait_for_work();

  const Parts parts_;
  const Settings settings_;
  DispatcherCounters counters_;
  Position recorded_;  // the projections must have come so far: what they show before may be done already
  std::set<std::tuple<AccountId, RequestId, NotificationKind>>
      idle_;                               // nothing was to be done for these: not asked again
  std::map<MailKey, Command> unrecorded_;  // sent, but the log did not take the record
  std::uint64_t jitter_state_;

  std::unique_ptr<EventLog::Listener> listener_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool grown_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::outbound
