// What leaves the server by itself: mails and webhooks, put together from the configuration.
#pragma once
#include <memory>
#include <string>

#include "api/metrics.hpp"
#include "api/structured_log.hpp"
#include "cli/configuration.hpp"
#include "outbound/mail_dispatcher.hpp"
#include "outbound/webhook_dispatcher.hpp"

namespace gatehouse::cli {

class OutboundServices {
 public:
  // What outlives them.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    Follower& follower;
    const outbound::WebhookSecrets& secrets;
    const api::StructuredLog& lines;
    const PersonalReader* reader{};  // null where the log seals no texts
  };

  // `public_url`: for links.
  OutboundServices(const Parts& parts, const Configuration& configuration, const Clock& clock,
                   const std::string& public_url);

  void start();
  void stop();
  // Removes copies of readable texts about them, and keeps more from being made.
  void forget(const AccountId& account, const std::vector<std::string>& subjects);
  // While the services live.
  void add_to(api::Metrics& metrics) const;

 private:
  const Follower& follower_;
  const Clock clock_;
  std::unique_ptr<outbound::Mailer> mailer_;
  outbound::MailDispatcher mails_;
  outbound::WebhookDispatcher webhooks_;
};

}  // namespace gatehouse::cli
