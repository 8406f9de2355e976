#include "cli/configuration.hpp"

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "cli/configuration_reading.hpp"
#include "cli/configured_peers.hpp"
#include "cli/duration.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::uint64_t slow_ms_max = 86'400'000;

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
  if (configuration.slow_request_ms > slow_ms_max)
    fail("log.slow_ms", "must be at most " + std::to_string(slow_ms_max) + ", a day");
}

void read_all(const toml::table& file, Configuration& configuration) {
  refuse_unknown(file, {},
                 {"data", "listen", "public_url", "threads", "log", "tls", "issuers", "disk", "mail", "webhooks",
                  "transparency", "backup"});
  take(file, {}, "data", configuration.data);
  if (configuration.data.empty())
    fail("data", "must be a folder, such as /var/lib/gatehouse");
  if (std::string listen; file.contains("listen")) {
    take(file, {}, "listen", listen);
    configuration.listen = parse_address(listen);
  }
  take(file, {}, "public_url", configuration.public_url);
  const bool is_url =
      configuration.public_url.starts_with("https://") || configuration.public_url.starts_with("http://");
  const bool has_space = configuration.public_url.find_first_of(" \t\r\n") != std::string::npos;
  if (!configuration.public_url.empty() && (!is_url || has_space || configuration.public_url.ends_with('/'))) {
    fail("public_url", "must be a URL such as https://gatehouse.example.com, without a slash at the end");
  }
  std::uint64_t threads = configuration.threads;
  take_number(file, {}, "threads", 1, threads);
  if (threads > threads_max)
    fail("threads", "must be 1 to " + std::to_string(threads_max));
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
  if (std::error_code error; std::filesystem::is_directory(file, error))
    fail(file, "is a folder: name the file in it");
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
