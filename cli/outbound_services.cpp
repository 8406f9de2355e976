#include "cli/outbound_services.hpp"

#include <filesystem>

#include "api/samples.hpp"
#include "api/webhooks/bodies.hpp"
#include "projections/outbound.hpp"
#include "projections/webhooks.hpp"

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

// How old the first one is that should have gone already.
double overdue_seconds(const std::optional<Timestamp>& first, Timestamp now) {
  return first && *first < now ? static_cast<double>(now.unix_ms - first->unix_ms) / api::milliseconds_per_second : 0;
}

std::function<void(const outbound::WebhookAttempt&)> tell_attempts_in(const api::StructuredLog& lines) {
  return [&lines](const outbound::WebhookAttempt& attempt) {
    if (!lines.writes(Level::debug))
      return;
    const auto trace_id = tracing::hex(attempt.span.trace_id);
    const auto span_id = tracing::hex(attempt.span.id);
    lines.write(Level::debug, "webhook",
                {{"trace_id", std::string_view(trace_id.data(), trace_id.size())},
                 {"span_id", std::string_view(span_id.data(), span_id.size())},
                 {"message", attempt.message_id},
                 {"endpoint", attempt.endpoint_id},
                 {"account", attempt.account_id},
                 {"attempt", std::uint64_t{attempt.attempt}},
                 {"status", std::uint64_t{attempt.status}},
                 {"reason", attempt.reason},
                 {"duration_ms", std::uint64_t{attempt.milliseconds}}});
  };
}

void sample_mails(const outbound::MailCounters& counters, const Follower& follower, Timestamp now,
                  api::Samples& samples) {
  const auto rows = follower.rows(outbound_projection);
  samples.gauge("gatehouse_mails_waiting", "Mails that are to be sent, now or later.", rows ? waiting_mails(*rows) : 0);
  samples.gauge("gatehouse_mails_oldest_due_seconds", "For how long the first mail is due; 0: none is.",
                rows ? overdue_seconds(next_due_mail(*rows), now) : 0);
  const auto add = [&](std::string outcome, std::uint64_t count) {
    samples.counter("gatehouse_mails_total", "Mails, by what became of them in the end.", count,
                    {{"outcome", std::move(outcome)}});
  };
  add("sent", counters.sent);
  add("given_up", counters.given_up);
  add("suppressed", counters.suppressed);
  const auto add_attempt = [&](std::string outcome, std::uint64_t count) {
    samples.counter("gatehouse_mail_attempts_total", "Attempts to send a mail, by outcome.", count,
                    {{"outcome", std::move(outcome)}});
  };
  add_attempt("sent", counters.sent);
  add_attempt("failed", counters.failed);
}

void sample_webhooks(const outbound::WebhookCounters& counters, const Follower& follower, Timestamp now,
                     api::Samples& samples) {
  const auto rows = follower.rows(webhooks_projection);
  samples.gauge("gatehouse_webhooks_waiting", "Webhooks that are to be delivered, now or later.",
                rows ? waiting_webhooks(*rows) : 0);
  samples.gauge("gatehouse_webhooks_oldest_due_seconds",
                "For how long the first webhook or challenge is due; 0: none is.",
                rows ? overdue_seconds(next_due_webhook(*rows), now) : 0);
  samples.gauge("gatehouse_webhooks_under_way", "Webhooks and challenges that are being sent.",
                counters.under_way.load());
  const auto add = [&](std::string outcome, std::uint64_t count) {
    samples.counter("gatehouse_webhooks_total", "Webhooks, by what became of them in the end.", count,
                    {{"outcome", std::move(outcome)}});
  };
  add("delivered", counters.delivered);
  add("given_up", counters.given_up);
  const auto add_attempt = [&](std::string outcome, std::uint64_t count) {
    samples.counter("gatehouse_webhook_attempts_total", "Attempts to deliver a webhook, by outcome.", count,
                    {{"outcome", std::move(outcome)}});
  };
  add_attempt("delivered", counters.delivered);
  add_attempt("failed", counters.failed);
}

}  // namespace

OutboundServices::OutboundServices(const Parts& parts, const Configuration& configuration, const Clock& clock,
                                   const std::string& public_url)
    : follower_(parts.follower), clock_(clock), mailer_(mailer_for(configuration, parts.lines)),
      mails_({parts.log, parts.commands, parts.follower, *mailer_, parts.reader},
             {.clock = clock,
              .from = configuration.mail.from,
              .request_url = request_url(configuration, public_url),
              .report = warn_in(parts.lines)}),
      webhooks_({parts.log, parts.commands, parts.follower, parts.secrets, parts.reader},
                {.clock = clock,
                 .write_body = api::write_webhook_body,
                 .addresses = configuration.webhooks.addresses,
                 .under_way_max = configuration.webhooks.under_way_max,
                 .ca_file = configuration.webhooks.ca_file,
                 .report = warn_in(parts.lines),
                 .attempted = tell_attempts_in(parts.lines)}) {}

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
  metrics.add_source([this](api::Samples& samples) {
    sample_mails(mails_.counters(), follower_, clock_(), samples);
    sample_webhooks(webhooks_.counters(), follower_, clock_(), samples);
  });
}

}  // namespace gatehouse::cli
