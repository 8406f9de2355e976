// Sends webhooks and challenges, many at a time, and records what became of each, on a thread of its own. In a lane (an endpoint and an account) one
// message is under way at a time, in order, and the next as soon as it was delivered; lanes do not wait for each other, and an endpoint that answers
// slowly or not at all gets a small share of what is under way. A message may go out twice when the process dies, with the same id; what was
// recorded never does.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "events/personal_reader.hpp"
#include "outbound/jitter.hpp"
#include "outbound/recorder.hpp"
#include "outbound/webhook_body.hpp"
#include "outbound/webhook_sender.hpp"
#include "outbound/webhook_signature.hpp"
#include "tracing/span.hpp"

namespace gatehouse::outbound {

inline constexpr std::size_t webhooks_unrecorded_max =
    64;  // whose outcomes are written together: so many may come again after a kill
inline constexpr std::size_t webhooks_of_endpoint_max =
    16;  // under way to one endpoint; 1 after an attempt that failed

struct WebhookCounters {
  std::atomic<std::uint64_t> delivered{};
  std::atomic<std::uint64_t> failed{};    // attempts
  std::atomic<std::uint64_t> given_up{};  // after the last attempt
  std::atomic<std::uint64_t> under_way{};
};

// One that ended, with or without success. The texts live as long as the call.
struct WebhookAttempt {
  tracing::Span span;  // that the receiver was told, in the trace of the request that the event came of
  std::string_view message_id, endpoint_id, account_id;
  std::uint32_t attempt{};
  std::uint32_t status{};   // 0: there was no answer
  std::string_view reason;  // why there was none
  std::uint32_t milliseconds{};
};

class WebhookDispatcher {
 public:
  // What outlives the dispatcher.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    Follower& follower;
    const WebhookSecrets& secrets;
    const PersonalReader* reader{};  // null where the log seals no texts
  };
  struct Settings {
    Clock clock;
    WriteWebhookBody write_body;
    AddressPolicy addresses;
    std::size_t under_way_max = webhooks_under_way_max;
    std::string ca_file;                                                     // whom to trust besides the system's
    std::function<void(std::string_view)> report = [](std::string_view) {};  // what an operator should know
    std::function<void(const WebhookAttempt&)> attempted = [](const WebhookAttempt&) {};
  };

  WebhookDispatcher(const Parts& parts, Settings settings);
  ~WebhookDispatcher();  // stop()

  void start();
  void stop();  // drops what is under way; it is sent again after the next start

  [[nodiscard]] const WebhookCounters& counters() const { return counters_; }

 private:
  using Lane = std::pair<EndpointId, AccountId>;
  struct Challenge {
    EndpointName name;
    EndpointRow endpoint;
    std::string plain_token;
  };
  struct Message {
    DueWebhook due;
    EndpointRow endpoint;
    tracing::Span span{};
  };
  using Transfer = std::variant<Challenge, Message>;
  using Record = std::pair<AccountId, Command>;

  void run();
  void start_due();
  void list_deauthorizations();
  void start_challenges(const TableReader& webhooks, const StateSnapshot& state);
  void start_messages(const TableReader& webhooks, const StateSnapshot& state);
  AfterDue start_message(const StateSnapshot& state, const DueWebhook& due);
  void send(Transfer transfer, WebhookRequest request);

  void take(std::uint64_t id, const WebhookAnswer& answer);
  void start_next(const EndpointName& endpoint, const MessagePlace& after);
  void release(const Lane& lane);
  [[nodiscard]] Record record_of(const Challenge& challenge, const WebhookAnswer& answer);
  [[nodiscard]] Record record_of(const Message& message, const WebhookAnswer& answer);
  [[nodiscard]] Record failure_of(const Message& message, const WebhookAnswer& answer, std::string reason,
                                  std::optional<std::chrono::milliseconds> pause);
  bool record();  // false when what was to be recorded still is
  [[nodiscard]] std::chrono::milliseconds patience() const;

  const Parts parts_;
  Settings settings_;
  WebhookCounters counters_;
  Recorder recorder_;
  WebhookSender sender_;
  Jitter jitter_;

  std::uint64_t next_transfer_ = 1;
  std::map<std::uint64_t, Transfer> under_way_;
  std::vector<Record> unrecorded_;
  std::set<EndpointId> challenged_;             // under way, or not recorded yet
  std::map<Lane, std::size_t> busy_;            // the same of messages, how many
  std::map<EndpointId, std::size_t> messages_;  // under way to each
  std::set<EndpointId> struggling_;             // whose latest attempt failed

  std::unique_ptr<EventLog::Listener> listener_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::outbound
