#include "cli/configured_peers.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "cli/configuration_reading.hpp"
#include "http/certificate_dates.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

namespace {

// A file without certificates would have every connection refused, and only when there is one.
std::string authorities_in(const toml::table& table, const std::string& place) {
  std::string file;
  take(table, place, "ca_file", file);
  if (!file.empty() && !http::certificate_dates(file))
    fail(place + "ca_file", "\"" + file + "\" cannot be read, or has no certificates in PEM form");
  return file;
}

// A password stands in a file of its own, so that the configuration can be shown to anybody.
std::string first_line_of(const std::string& file, const std::string& place) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line) || line.empty())
    fail(place, "\"" + file + "\" cannot be read, or is empty");
  return line;
}

outbound::TlsUse tls_use_in(const toml::table& table) {
  std::string tls = "starttls";
  take(table, "mail.", "tls", tls);
  if (tls == "starttls")
    return outbound::TlsUse::starttls;
  if (tls == "tls")
    return outbound::TlsUse::tls;
  if (tls != "none")
    fail("mail.tls", "must be starttls, tls or none");
  return outbound::TlsUse::none;
}

void read_smtp(const toml::table& table, outbound::SmtpSettings& smtp) {
  std::string server = required(table, "mail.", "server");
  const auto colon = server.rfind(':');
  smtp.host = server.substr(0, colon);
  smtp.tls = tls_use_in(table);
  smtp.port = smtp.tls == outbound::TlsUse::tls ? 465 : 587;
  if (colon != std::string::npos)
    smtp.port = static_cast<unsigned>(std::strtoul(server.c_str() + colon + 1, nullptr, 10));
  if (smtp.host.empty() || smtp.port == 0 || smtp.port > 65'535)
    fail("mail.server", "must be a host, or host:port");
  take(table, "mail.", "username", smtp.username);
  smtp.ca_file = authorities_in(table, "mail.");
  if (!smtp.username.empty())
    smtp.password = first_line_of(required(table, "mail.", "password_file"), "mail.password_file");
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

}  // namespace

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
  // What is wrong without a server would be wrong with one.
  static_cast<void>(tls_use_in(table));
  static_cast<void>(authorities_in(table, "mail."));
  if (table.contains("server"))
    read_smtp(table, mail.smtp.emplace());
}

void read_webhooks(const toml::table& table, WebhookSettings& webhooks) {
  refuse_unknown(table, "webhooks.", {"allow", "ca_file"});
  webhooks.ca_file = authorities_in(table, "webhooks.");
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

void read_transparency(const toml::table& table, TransparencySettings& transparency) {
  refuse_unknown(table, "transparency.", {"origin", "heads_interval_seconds", "witnesses", "quorum", "ca_file"});
  take(table, "transparency.", "origin", transparency.origin);
  if (!transparency.origin.empty() && !transparency::is_origin(transparency.origin))
    fail("transparency.origin", "must be a name without spaces and plus signs, such as gatehouse.example.com/log");
  take_number(table, "transparency.", "heads_interval_seconds", 1, transparency.heads_interval_seconds);
  transparency.ca_file = authorities_in(table, "transparency.");
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

}  // namespace gatehouse::cli
