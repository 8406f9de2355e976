#include "cli/outbound_services.hpp"

#include <filesystem>

#include "api/webhooks/bodies.hpp"

namespace gatehouse::cli {

namespace {

using Level = api::StructuredLog::Level;

std::unique_ptr<outbound::Mailer> mailer_for(const Configuration& configuration, const api::StructuredLog& lines) {
  if (configuration.mail.smtp)
    return outbound::make_smtp_mailer(*configuration.mail.smtp);
  const auto folder = std::filesystem::path(configuration.data) / "outbox";
  lines.write(Level::info, "no mail server is configured, mails are written to files", {{"folder", folder.string()}});
  return outbound::make_outbox_folder(folder);
}

// Where people look at requests, or else where the API shows them.
std::string request_url(const Configuration& configuration, const std::string& public_url) {
  const auto& configured = configuration.mail.request_url;
  return configured.empty() ? public_url + "/v1/accounts/{account_id}/requests/{request_id}" : configured;
}

std::function<void(std::string_view)> warn_in(const api::StructuredLog& lines) {
  return [&lines](std::string_view incident) { lines.write(Level::warning, incident); };
}

void add_count(std::vector<api::Sample>& samples, std::string_view name, std::string_view help,
               std::string_view outcome, std::uint64_t count) {
  samples.push_back({.name = std::string(name),
                     .help = std::string(help),
                     .is_counter = true,
                     .labels = {{"outcome", std::string(outcome)}},
                     .value = static_cast<double>(count)});
}

void sample_mails(const outbound::MailCounters& counters, std::vector<api::Sample>& samples) {
  const auto add = [&](std::string_view outcome, std::uint64_t count) {
    add_count(samples, "gatehouse_mails_total", "Mails by what became of them; failed counts attempts.", outcome,
              count);
  };
  add("sent", counters.sent);
  add("failed", counters.failed);
  add("given_up", counters.given_up);
  add("suppressed", counters.suppressed);
}

void sample_webhooks(const outbound::WebhookCounters& counters, std::vector<api::Sample>& samples) {
  const auto add = [&](std::string_view outcome, std::uint64_t count) {
    add_count(samples, "gatehouse_webhooks_total", "Webhooks by what became of them; failed counts attempts.", outcome,
              count);
  };
  add("delivered", counters.delivered);
  add("failed", counters.failed);
  add("given_up", counters.given_up);
  samples.push_back({.name = "gatehouse_webhooks_under_way",
                     .help = "Webhooks and challenges that are being sent.",
                     .is_counter = false,
                     .value = static_cast<double>(counters.under_way)});
}

}  // namespace

OutboundServices::OutboundServices(const Parts& parts, const Configuration& configuration, const Clock& clock,
                                   const std::string& public_url)
    : mailer_(mailer_for(configuration, parts.lines)),
      mails_({parts.log, parts.commands, parts.follower, *mailer_, parts.reader},
             {.clock = clock,
              .from = configuration.mail.from,
              .request_url = request_url(configuration, public_url),
              .report = warn_in(parts.lines)}),
      webhooks_({parts.log, parts.commands, parts.follower, parts.secrets, parts.reader},
                {.clock = clock,
                 .write_body = api::write_webhook_body,
                 .addresses = configuration.webhooks.addresses,
                 .ca_file = configuration.webhooks.ca_file,
                 .report = warn_in(parts.lines)}) {}

void OutboundServices::start() {
  mails_.start();
  webhooks_.start();
}

void OutboundServices::stop() {
  mails_.stop();
  webhooks_.stop();
}

void OutboundServices::forget(const AccountId& account, const std::vector<std::string>& subjects) {
  std::vector<std::string> named;
  for (const auto& subject : subjects)
    named.push_back(outbound::mail_subject(account, subject));
  mailer_->forget(named);
}

void OutboundServices::add_to(api::Metrics& metrics) const {
  metrics.add_source([this](std::vector<api::Sample>& samples) {
    sample_mails(mails_.counters(), samples);
    sample_webhooks(webhooks_.counters(), samples);
  });
}

}  // namespace gatehouse::cli
