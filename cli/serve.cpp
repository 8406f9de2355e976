#include "cli/serve.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "api/application.hpp"
#include "api/follower_gate.hpp"
#include "api/manifest_reader.hpp"
#include "api/operations/incident_lines.hpp"
#include "api/structured_log.hpp"
#include "cli/backup_services.hpp"
#include "cli/descriptors.hpp"
#include "cli/held_clock.hpp"
#include "cli/lost_files.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/outbound_services.hpp"
#include "cli/refused_log.hpp"
#include "cli/renew_old_state.hpp"
#include "cli/running_server.hpp"
#include "cli/server_samples.hpp"
#include "cli/serving_signals.hpp"
#include "cli/start_eraser.hpp"
#include "cli/start_scrubber.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "commands/command_service.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "http/server.hpp"
#include "identity/base64url.hpp"
#include "identity/digest.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "store/rocks_event_log.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

namespace {

constexpr int exit_cannot_start = 1;
constexpr int exit_data_refused = 2;

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

template <class T>
T must(tl::expected<T, identity::PrivateFileError> made) {
  if (!made)
    throw std::runtime_error(made.error().detail);
  return std::move(*made);
}

identity::Verifier verifier_for(const Configuration& configuration, const identity::SigningKey& key) {
  return identity::Verifier({key.as_issuer()}, configuration.issuers);
}

MacConfirmationTokens::Mac mac_with(const identity::Secret& secret) {
  return [&secret](std::string_view message) {
    const auto mac = identity::hmac_sha256(secret.reveal(), message);
    return identity::base64url_encode(mac);
  };
}

http::Options http_options(const Configuration& configuration, const api::Application& application,
                           const api::StructuredLog& lines) {
  http::Options options;
  options.address = configuration.listen.host;
  options.port = configuration.listen.port;
  options.threads = configuration.threads;
  options.tls = configuration.tls;
  options.limits = configuration.limits;
  options.refusal_response = [&application](const auto& refusal, const auto& head, std::string_view id) {
    return application.refusal(refusal, head, id);
  };
  options.refuse_large_body = [&application](const auto& head, std::string_view id) {
    return application.refuse_large_body(head, id);
  };
  options.report = [&lines](std::string_view incident) { lines.write(api::StructuredLog::Level::warning, incident); };
  return options;
}

// Lowers the limits where the process may not have as many files and connections open; told, because clients will be turned away.
void fit_to_descriptors(Configuration& configuration, OpenOptions& options, const api::StructuredLog& lines) {
  auto& connections = configuration.limits.connections;
  auto& per_address = configuration.limits.connections_per_address;
  const auto shares = reserve_descriptors({.connections = connections,
                                           .table_files = options.table_files_max,
                                           .webhooks = configuration.webhooks.under_way_max,
                                           .threads = configuration.threads});
  if (shares.connections < connections) {
    lines.write(api::StructuredLog::Level::warning, "fewer connections than usual, the hard limit of open files is low",
                {{"connections", std::uint64_t{shares.connections}}, {"open_files", shares.open_at_once}});
    per_address = std::max(connections_min,
                           per_address * shares.connections / connections);  // nobody takes a larger part than usual
  }
  connections = shares.connections;
  options.table_files_max = shares.table_files;
  configuration.webhooks.under_way_max = shares.webhooks;
}

// Null when there are none.
std::unique_ptr<outbound::WitnessClient> witnesses_of(const Configuration& configuration,
                                                      const api::StructuredLog& lines) {
  const auto& settings = configuration.transparency;
  if (settings.witnesses.empty())
    return nullptr;
  return std::make_unique<outbound::WitnessClient>(
      settings.witnesses, settings.quorum, settings.ca_file,
      [&lines](outbound::WitnessClient::Severity severity, std::string_view incident) {
        using Severity = outbound::WitnessClient::Severity;
        using Level = api::StructuredLog::Level;
        lines.write(severity == Severity::error     ? Level::error
                    : severity == Severity::warning ? Level::warning
                                                    : Level::info,
                    incident);
      });
}

std::string address_of(const Configuration& configuration, std::uint16_t port) {
  const auto& address = configuration.listen.host;
  const auto host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  return host + ":" + std::to_string(port);
}

std::string url_of(const Configuration& configuration, std::uint16_t port) {
  return (configuration.tls ? "https://" : "http://") + address_of(configuration, port);
}

void greet(const Configuration& configuration, std::uint16_t port) {
  serving_began();
  const auto url = url_of(configuration, port);
  std::error_code error;
  auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error)
    program = "gatehouse";
  std::cout << "Gatehouse listens on " << url << ", documentation at " << url << "/docs\n"
            << "A first token:  " << program.string() << " token --data " << configuration.data
            << " --user me --scope platform\n"
            << std::flush;
}

api::Application::Settings settings_of(const Configuration& configuration, const EventLog& log) {
  return {.clock = wall_clock,
          .read_manifest = api::make_manifest_reader(log),
          .page_secret = must(identity::load_or_create_secret(configuration.data, "pages")),
          .public_url = configuration.public_url,
          .log_all_requests = configuration.access_log,
          .slow_request = std::chrono::milliseconds(configuration.slow_request_ms)};
}

void start_unless_held(OutboundServices& outbound, const Configuration& configuration,
                       const api::StructuredLog& lines) {
  if (!is_outbound_held(configuration.data))
    return outbound.start();
  lines.write(api::StructuredLog::Level::warning,
              "the data was imported or restored: no mails and webhooks are sent while the file is there",
              {{"file", outbound_hold_of(configuration.data).native()}});
}

void serve(const Configuration& configuration, const sigset_t& signals, RocksEventLog& log, const Clock& clock,
           StopDeadline& deadline, const api::StructuredLog& lines, api::LogLevel& log_level) {
  const auto key = must(identity::load_or_create_key(configuration.data));
  const auto confirmation_secret = must(identity::load_or_create_secret(configuration.data, "confirmations"));
  auto verifier = verifier_for(configuration, key);
  if (const auto loaded = verifier.reload(); !loaded)
    throw std::runtime_error("issuers: jwks_file: " + loaded.error());

  SystemIds ids;
  const MacConfirmationTokens confirmations(mac_with(confirmation_secret));
  const auto subject_keys = open_keys(configuration, log, lines);
  CommandService commands(
      log, ids, confirmations, clock,
      {.keys = subject_keys.get(), .keys_failed = [&log](const std::string& reason) { log.stop_appending(reason); }});
  api::FollowerGate follower(log, *log.projections(), api::incident_lines(lines));
  const outbound::WebhookSecrets webhook_secrets(must(identity::load_or_create_secret(configuration.data, "webhooks")));
  const auto log_signer = transparency::make_log_signer(
      configuration.transparency.origin, must(identity::load_or_create_key(configuration.data, identity::log_key)));
  const auto witnesses = witnesses_of(configuration, lines);
  const transparency::KeptCheckpoint kept_checkpoint(posix_disk(), std::filesystem::path(configuration.data) /
                                                                       transparency::kept_checkpoint_file);
  transparency::LogTree tree(
      {log, *log.projections(), commands, log_signer, witnesses.get(), &kept_checkpoint},
      {.heads_interval = std::chrono::seconds(configuration.transparency.heads_interval_seconds),
       .report = [&lines](std::string_view incident) { lines.write(api::StructuredLog::Level::error, incident); }});
  const auto scrubber = make_scrubber(log, subject_keys.get(), configuration, lines);
  const auto backups = make_backups(configuration, log, subject_keys.get(), log_signer, lines);
  const auto eraser = make_eraser(log, commands, subject_keys.get(), lines);
  api::Application application({log, commands, verifier, key, webhook_secrets, tree, follower, subject_keys.get(),
                                &lines, scrubber.get(), backups.get(), eraser.get(), &log_level},
                               settings_of(configuration, log));
  http::Server server(http_options(configuration, application, lines),
                      [&application](http::Request request, http::Respond respond) {
                        application.handle(std::move(request), std::move(respond));
                      });
  add_server_samples(application.metrics(), configuration, server, log, *scrubber);
  follower.start();
  commands.start();
  if (const auto started = tree.start(); !started)
    throw std::runtime_error(started.error());
  server.start();
  OutboundServices outbound(
      {log, commands, follower.follower(), webhook_secrets, lines, subject_keys.get()}, configuration, clock,
      configuration.public_url.empty() ? url_of(configuration, server.port()) : configuration.public_url);
  outbound.add_to(application.metrics());
  start_unless_held(outbound, configuration, lines);
  scrubber->start();
  start_backups(backups.get(), application.metrics());
  start_eraser(eraser.get(), outbound);
  write_server_url(configuration.data, url_of(configuration, server.port()));
  greet(configuration, server.port());
  lines.write(api::StructuredLog::Level::info, "started",
              {{"position", log.head().value}, {"port", std::uint64_t{server.port()}}});

  const auto told = wait_until_told(signals, log, verifier, lines, log_level);
  deadline.begin();
  lines.write(api::StructuredLog::Level::info, "stopping");
  server.stop();
  application.begin_stop();
  server.wait();
  scrubber->stop();
  stop_eraser(eraser.get());
  stop_backups(backups.get());
  outbound.stop();
  tree.stop();
  commands.stop();
  follower.stop();
  lines.write(api::StructuredLog::Level::info, "stopped", {{"position", log.head().value}});
  if (!log.read_only_reason().empty())
    leave_unclosed(told, address_of(configuration, server.port()));
}

// Of the last event; nothing for a log without any.
std::optional<Timestamp> newest_time(const EventLog& log) {
  const auto last = log.read_at(log.head());
  if (!last)
    return std::nullopt;
  const auto event = parse_frame(last->frame);
  return event ? std::optional(event->envelope.recorded_at) : std::nullopt;
}

}  // namespace

int run_serve(Configuration configuration) try {
  if (const auto broken = validate_registry())
    throw std::runtime_error(*broken);
  const auto signals = block_signals();
  const auto format =
      configuration.log_format == "json" ? api::StructuredLog::Format::json : api::StructuredLog::Format::text;
  const auto logger = spdlog::stderr_logger_mt("gatehouse");
  logger->set_pattern("%v");  // the lines bring their own time and level
  const api::StructuredLog lines(logger, format);
  api::LogLevel log_level(lines, configuration.log_level);
  refuse_unfinished_import(configuration.data);
  refuse_lost_log(configuration.data);
  refuse_damaged_secrets(configuration.data);
  OpenOptions options;
  options.data_dir = configuration.data;
  options.reserve = {.ballast_bytes = configuration.ballast_bytes, .free_bytes_min = configuration.free_bytes_min};
  fit_to_descriptors(configuration, options, lines);
  HeldClock held(machine_clocks(),
                 [&lines](std::string_view line) { lines.write(api::StructuredLog::Level::error, line); });
  const Clock clock = [&held] { return held.now(); };
  StopDeadline deadline(lines);  // also of the log's closing
  tell_what_is_unreadable(configuration.data);
  auto log = RocksEventLog::open(options);
  if (!log) {
    std::cerr << tell_refused_log(configuration.data, log.error());
    // A disk that refuses may be better later; data that cannot be trusted may not.
    return log.error().kind == OpenErrorKind::io ? exit_cannot_start : exit_data_refused;
  }
  refuse_lost_events(configuration.data, (*log)->head());
  refuse_lost_secrets(configuration.data, (*log)->head().value > 0, configuration.new_secrets);
  if (const auto newest = newest_time(**log))
    held.go_on_from(*newest);
  renew_old_state(**log, configuration, lines);
  serve(configuration, signals, **log, clock, deadline, lines, log_level);
  return 0;
} catch (const DataRefused& error) {
  std::cerr << "gatehouse: " << error.what() << "\n";
  return exit_data_refused;
} catch (const SubjectKeysFailure& error) {
  std::cerr << "gatehouse: " << tell_failed_keys(configuration.data, error.what()) << "\n";
  return is_of_disk(error.what()) ? exit_cannot_start : exit_data_refused;
} catch (const std::exception& error) {
  std::cerr << "gatehouse: " << error.what() << "\n";
  return exit_cannot_start;
}

}  // namespace gatehouse::cli
