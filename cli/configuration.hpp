// How the server is set up: the command line over the configuration file (TOML) over the defaults. Unknown keys in the file are errors, so that a
// misspelt one is not silently without effect.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/structured_log.hpp"
#include "backup/backup_service.hpp"
#include "http/options.hpp"
#include "identity/verifier.hpp"
#include "outbound/address_policy.hpp"
#include "outbound/mail.hpp"
#include "outbound/mailer.hpp"
#include "outbound/webhook_sender.hpp"
#include "outbound/witness_client.hpp"

namespace gatehouse::cli {

struct Address {
  std::string host = "127.0.0.1";  // a literal, IPv4 or IPv6
  std::uint16_t port = 8080;       // 0: the system chooses
};
// Reads address:port, an IPv6 address in brackets; names are not resolved. Throws std::runtime_error.
[[nodiscard]] Address parse_address(const std::string& listen);

// The mail server, and who the mails are from.
struct MailSettings {
  std::optional<outbound::SmtpSettings> smtp;  // none: mails are written to <data>/outbox
  outbound::Mailbox from{"Gatehouse", "gatehouse@localhost"};
  std::string request_url;  // for links, with {account_id} and {request_id}; empty: the API's
};

// Where webhooks may go besides public addresses, and whom to trust there.
struct WebhookSettings {
  outbound::AddressPolicy addresses;
  std::string ca_file;                                           // empty: the system's
  std::size_t under_way_max = outbound::webhooks_under_way_max;  // no setting of the file
};

// How the log is proven to others.
struct TransparencySettings {
  std::string origin;  // of the log; empty: follows from its key
  std::uint64_t heads_interval_seconds = 60;
  std::vector<outbound::WitnessSettings> witnesses;
  std::uint64_t quorum = 0;  // how many of them must cosign; all of them unless configured
  std::string ca_file;       // whom to trust there; empty: the system's
};

inline constexpr std::uint64_t threads_max = 256;

struct Configuration {
  std::string data = "./data";
  Address listen;
  unsigned threads = 2;    // I/O threads, at most threads_max
  std::string public_url;  // how clients reach the server, without a slash at the end; empty: by their own Host
  std::string log_format = "text";  // or json
  bool access_log = false;          // a line for each request
  api::StructuredLog::Level log_level = api::StructuredLog::Level::info;
  std::uint64_t slow_request_ms = 1'000;  // from which duration on a request gets a line; 0: none for that
  std::optional<http::TlsFiles> tls;
  http::Limits limits;  // no setting of the file
  MailSettings mail;
  WebhookSettings webhooks;
  TransparencySettings transparency;
  BackupSettings backup;                        // no folder: no backups
  std::vector<identity::IssuerFile> issuers;    // trusted besides the server's own key
  bool new_subject_keys = false;                // in place of keys that are lost; on the command line alone
  bool new_secrets = false;                     // in place of those that are lost; on the command line alone
  std::uint64_t free_bytes_min = 256ULL << 20;  // below it appends stop
  std::uint64_t ballast_bytes = 64ULL << 20;
  std::uint64_t scrub_interval_hours = 24 * 7;  // 0: only when an operator asks for it
  std::uint64_t scrub_bytes_per_second = 32ULL << 20;
};

// Names of settings as they are in errors, such as tls.private_key and issuers[0].issuer.
using SettingNames = std::set<std::string>;

// Throws std::runtime_error with the place and what is wrong. Notes in `known` every setting that it would have taken from the tables that are there.
void read_configuration(const std::string& file, Configuration& configuration, SettingNames* known = nullptr);

}  // namespace gatehouse::cli
