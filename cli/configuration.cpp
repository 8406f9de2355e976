#include "cli/configuration.hpp"

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "cli/configuration_reading.hpp"
#include "cli/duration.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

namespace {

void read_tls(const toml::table& table, Configuration& configuration) {
  refuse_unknown(table, "tls.", {"certificate_chain", "private_key"});
  configuration.tls =
      http::TlsFiles{required(table, "tls.", "certificate_chain"), required(table, "tls.", "private_key")};
}

void read_issuers(const toml::array& issuers, Configuration& configuration) {
  for (std::size_t index = 0; index < issuers.size(); ++index) {
    const auto [table, place] = element_of(issuers, "issuers", index);
    refuse_unknown(*table, place, {"issuer", "audience", "jwks_file", "any_token_type"});
    bool any_type = false;
    take(*table, place, "any_token_type", any_type);
    configuration.issuers.push_back({required(*table, place, "issuer"), required(*table, place, "audience"),
                                     required(*table, place, "jwks_file"),
                                     any_type ? identity::TypePolicy::any_jwt : identity::TypePolicy::access_token});
  }
}

// A password stands in a file of its own, so that the configuration can be shown to anybody.
std::string first_line_of(const std::string& file, const std::string& place) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line) || line.empty())
    fail(place, "\"" + file + "\" cannot be read, or is empty");
  return line;
}

void read_smtp(const toml::table& table, outbound::SmtpSettings& smtp) {
  std::string server = required(table, "mail.", "server");
  const auto colon = server.rfind(':');
  smtp.host = server.substr(0, colon);
  std::string tls = "starttls";
  take(table, "mail.", "tls", tls);
  if (tls != "starttls" && tls != "tls" && tls != "none")
    fail("mail.tls", "must be starttls, tls or none");
  smtp.tls = tls == "tls" ? outbound::TlsUse::tls : tls == "none" ? outbound::TlsUse::none : outbound::TlsUse::starttls;
  smtp.port = smtp.tls == outbound::TlsUse::tls ? 465 : 587;
  if (colon != std::string::npos)
    smtp.port = static_cast<unsigned>(std::strtoul(server.c_str() + colon + 1, nullptr, 10));
  if (smtp.host.empty() || smtp.port == 0 || smtp.port > 65'535)
    fail("mail.server", "must be a host, or host:port");
  take(table, "mail.", "username", smtp.username);
  take(table, "mail.", "ca_file", smtp.ca_file);
  if (!smtp.username.empty())
    smtp.password = first_line_of(required(table, "mail.", "password_file"), "mail.password_file");
}

void read_mail(const toml::table& table, MailSettings& mail) {
  refuse_unknown(table, "mail.",
                 {"server", "tls", "username", "password_file", "ca_file", "from", "from_name", "request_url"});
  take(table, "mail.", "from", mail.from.address);
  take(table, "mail.", "from_name", mail.from.name);
  if (mail.from.address.find('@') == std::string::npos)
    fail("mail.from", "must be an e-mail address");
  take(table, "mail.", "request_url", mail.request_url);
  const bool names_request = mail.request_url.find("{request_id}") != std::string::npos;
  if (!mail.request_url.empty() && (!mail.request_url.starts_with("http") || !names_request))
    fail("mail.request_url", "must be a URL such as https://portal.example.com/{account_id}/requests/{request_id}");
  if (table.contains("server"))
    read_smtp(table, mail.smtp.emplace());
}

void read_webhooks(const toml::table& table, WebhookSettings& webhooks) {
  refuse_unknown(table, "webhooks.", {"allow", "ca_file"});
  take(table, "webhooks.", "ca_file", webhooks.ca_file);
  std::vector<std::string> allowed;
  if (const auto* networks = table.get("allow")) {
    if (!networks->is_array())
      fail("webhooks.allow", "must be a list of networks");
    for (const auto& network : *networks->as_array())
      allowed.push_back(network.value<std::string>().value_or(std::string()));
  }
  try {
    webhooks.addresses = outbound::AddressPolicy(allowed);
  } catch (const std::invalid_argument& error) {
    fail("webhooks.allow", error.what());
  }
}

void read_witnesses(const toml::array& witnesses, TransparencySettings& transparency) {
  for (std::size_t index = 0; index < witnesses.size(); ++index) {
    const auto [table, place] = element_of(witnesses, "transparency.witnesses", index);
    refuse_unknown(*table, place, {"url", "key"});
    auto url = required(*table, place, "url");
    if (url.ends_with('/'))
      url.pop_back();
    if (!url.starts_with("https://") && !url.starts_with("http://"))
      fail(place + "url", "must be the witness' submission prefix, such as https://witness.example.com/gatehouse");
    auto key = tlog::VerifierKey::parse(required(*table, place, "key"));
    if (!key || key->type() != tlog::SignatureType::ed25519_cosignature)
      fail(place + "key", "must be the verifier key of a witness, <name>+<hash>+<base64>, for Ed25519 cosignatures");
    for (const auto& other : transparency.witnesses) {
      if (other.url == url || other.key.to_text() == key->to_text())
        fail(place + (other.url == url ? "url" : "key"), "is that of another witness, and nobody counts twice");
    }
    transparency.witnesses.push_back({std::move(url), std::move(*key)});
  }
}

void read_transparency(const toml::table& table, TransparencySettings& transparency) {
  refuse_unknown(table, "transparency.", {"origin", "heads_interval_seconds", "witnesses", "quorum", "ca_file"});
  take(table, "transparency.", "origin", transparency.origin);
  if (!transparency.origin.empty() && !transparency::is_origin(transparency.origin))
    fail("transparency.origin", "must be a name without spaces and plus signs, such as gatehouse.example.com/log");
  take_number(table, "transparency.", "heads_interval_seconds", 1, transparency.heads_interval_seconds);
  take(table, "transparency.", "ca_file", transparency.ca_file);
  if (const auto witnesses = table["witnesses"]) {
    if (!witnesses.is_array())
      fail("transparency.witnesses", "must be an array of tables");
    read_witnesses(*witnesses.as_array(), transparency);
  }
  transparency.quorum = transparency.witnesses.size();
  take_number(table, "transparency.", "quorum", 0, transparency.quorum);
  if (transparency.quorum > transparency.witnesses.size())
    fail("transparency.quorum", "is more than there are witnesses");
}

void read_backup(const toml::table& table, BackupSettings& backup) {
  refuse_unknown(table, "backup.", {"directory", "keys_directory", "interval", "keep", "bytes_per_second", "verify"});
  backup.folder = required(table, "backup.", "directory");
  std::string keys, interval;
  take(table, "backup.", "keys_directory", keys);
  backup.keys_folder = keys;
  take(table, "backup.", "interval", interval);
  if (const auto parsed = parse_duration(interval))
    backup.interval = *parsed;
  else if (!interval.empty())
    fail("backup.interval", "must be a number with s, m, h or d, such as 1h");
  take_number(table, "backup.", "keep", 1, backup.keep);
  take_number(table, "backup.", "bytes_per_second", 0, backup.bytes_per_second);
  take(table, "backup.", "verify", backup.verify);
}

void read_log(const toml::table& table, Configuration& configuration) {
  refuse_unknown(table, "log.", {"format", "access", "level", "slow_ms"});
  take(table, "log.", "format", configuration.log_format);
  if (configuration.log_format != "text" && configuration.log_format != "json")
    fail("log.format", "must be text or json");
  take(table, "log.", "access", configuration.access_log);
  std::string level(to_text(configuration.log_level));
  take(table, "log.", "level", level);
  const auto named = api::level_named(level);
  if (!named)
    fail("log.level", "must be debug, info, warning or error");
  configuration.log_level = *named;
  take_number(table, "log.", "slow_ms", 0, configuration.slow_request_ms);
}

void read_all(const toml::table& file, Configuration& configuration) {
  refuse_unknown(file, {},
                 {"data", "listen", "public_url", "threads", "log", "tls", "issuers", "disk", "mail", "webhooks",
                  "transparency", "backup"});
  take(file, {}, "data", configuration.data);
  if (std::string listen; file.contains("listen")) {
    take(file, {}, "listen", listen);
    configuration.listen = parse_address(listen);
  }
  take(file, {}, "public_url", configuration.public_url);
  const bool is_url =
      configuration.public_url.starts_with("https://") || configuration.public_url.starts_with("http://");
  if (!configuration.public_url.empty() && (!is_url || configuration.public_url.ends_with('/'))) {
    fail("public_url", "must be a URL such as https://gatehouse.example.com, without a slash at the end");
  }
  std::uint64_t threads = configuration.threads;
  take_number(file, {}, "threads", 1, threads);
  configuration.threads = static_cast<unsigned>(threads);
  if (const auto* mail = table_at(file, "mail"))
    read_mail(*mail, configuration.mail);
  if (const auto* webhooks = table_at(file, "webhooks"))
    read_webhooks(*webhooks, configuration.webhooks);
  if (const auto* transparency = table_at(file, "transparency"))
    read_transparency(*transparency, configuration.transparency);
  if (const auto* backup = table_at(file, "backup"))
    read_backup(*backup, configuration.backup);
  if (const auto* log = table_at(file, "log"))
    read_log(*log, configuration);
  if (const auto* tls = table_at(file, "tls"))
    read_tls(*tls, configuration);
  if (const auto* disk = table_at(file, "disk")) {
    refuse_unknown(*disk, "disk.",
                   {"free_bytes_min", "ballast_bytes", "scrub_interval_hours", "scrub_bytes_per_second"});
    take_number(*disk, "disk.", "free_bytes_min", 0, configuration.free_bytes_min);
    take_number(*disk, "disk.", "ballast_bytes", 0, configuration.ballast_bytes);
    take_number(*disk, "disk.", "scrub_interval_hours", 0, configuration.scrub_interval_hours);
    take_number(*disk, "disk.", "scrub_bytes_per_second", 1, configuration.scrub_bytes_per_second);
  }
  if (const auto issuers = file["issuers"]) {
    if (!issuers.is_array())
      fail("issuers", "must be an array of tables");
    read_issuers(*issuers.as_array(), configuration);
  }
}

}  // namespace

void read_configuration(const std::string& file, Configuration& configuration, SettingNames* known) try {
  note_settings_in(known);
  if (std::ifstream stream(file); !stream)
    fail(file, "cannot be read: " + std::generic_category().message(errno));
  read_all(toml::parse_file(file), configuration);
} catch (const toml::parse_error& error) {
  std::ostringstream place;
  place << error.source().begin;
  fail(file + ", " + place.str(), std::string(error.description()));
}

Address parse_address(const std::string& listen) {
  const auto refuse = [&](const std::string& reason) {
    fail("listen", "\"" + listen + "\" " + reason + "; write it as 127.0.0.1:8080 or [::1]:8080");
  };
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos)
    refuse("has no port");
  const auto port = listen.substr(colon + 1);
  Address address;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size())
    refuse("has no port from 0 to 65535");
  address.host = listen.substr(0, colon);
  const bool bracketed = address.host.starts_with('[') && address.host.ends_with(']');
  if (bracketed)
    address.host = address.host.substr(1, address.host.size() - 2);
  boost::system::error_code no_literal;
  const auto literal = boost::asio::ip::make_address(address.host, no_literal);
  if (no_literal || literal.is_v6() != bracketed)
    refuse("has no IP address before the port, and names are not resolved");
  return address;
}

}  // namespace gatehouse::cli
