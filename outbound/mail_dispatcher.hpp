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

#include "events/personal_reader.hpp"
#include "outbound/jitter.hpp"
#include "outbound/mail.hpp"
#include "outbound/mailer.hpp"
#include "outbound/recorder.hpp"
#include "projections/outbound.hpp"

namespace gatehouse::outbound {

// After the n-th failed attempt so long until the next one, a fifth more or less; after the last one none.
inline constexpr std::array mail_retry_plan{
    std::chrono::minutes{1},   std::chrono::minutes{5},   std::chrono::minutes{30},   std::chrono::minutes{120},
    std::chrono::minutes{360}, std::chrono::minutes{720}, std::chrono::minutes{1'440}};

struct MailCounters {
  std::atomic<std::uint64_t> sent{};
  std::atomic<std::uint64_t> failed{};    // attempts
  std::atomic<std::uint64_t> given_up{};  // after the last attempt
  std::atomic<std::uint64_t> suppressed{};
};

class MailDispatcher {
 public:
  // What outlives the dispatcher.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    Follower& follower;
    Mailer& mailer;
    const PersonalReader* reader{};  // null where the log seals no texts
  };
  struct Settings {
    Clock clock;
    Mailbox from;
    std::string request_url;  // of a request, with {account_id} and {request_id} in their places
    std::function<void(std::string_view)> report = [](std::string_view) {};  // what an operator should know
  };

  MailDispatcher(const Parts& parts, Settings settings);
  ~MailDispatcher();  // stop()

  void start();
  void stop();  // ends what is under way; it is sent again after the next start

  [[nodiscard]] const MailCounters& counters() const { return counters_; }

 private:
  using Untold = std::tuple<AccountId, RequestId, NotificationKind>;
  using MailKey = std::tuple<AccountId, NotificationId, UserId>;

  void run();
  bool work();  // whether anything was done
  bool queue_named();
  bool queue_settled();
  bool send_due();

  // The record of what became of the mail; nothing when it was interrupted.
  [[nodiscard]] std::optional<Command> attempt(const State& state, const DueMail& due);
  [[nodiscard]] std::optional<Mail> write_mail(const State& state, const DueMail& due) const;
  [[nodiscard]] std::string link_to(const AccountId& account, const RequestId& request) const;
  [[nodiscard]] Command record_of(const DueMail& due, const Mail& mail, const MailOutcome& outcome);

  void wait_for_work();

  const Parts parts_;
  const Settings settings_;
  MailCounters counters_;
  Recorder recorder_;
  Jitter jitter_;
  std::string failing_by_;                 // why the last mail was not sent; told once, not for each
  std::set<Untold> idle_;                  // nothing was to be done for these: not asked again
  std::map<MailKey, Command> unrecorded_;  // sent, but the log did not take the record

  std::unique_ptr<EventLog::Listener> listener_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool grown_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::outbound
