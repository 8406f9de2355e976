#include <sys/stat.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <system_error>
#include <toml++/toml.h>

#include "cli/doctor/checks.hpp"
#include "http/certificate_dates.hpp"
#include "http/tls_context.hpp"
#include "identity/jwk_set.hpp"

namespace gatehouse::cli {

namespace {

constexpr auto days_left_min = std::chrono::days{14};  // to renew a certificate in

std::string days_text(std::chrono::seconds span) {
  const auto days = std::chrono::floor<std::chrono::days>(span).count();
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// Who may read what nobody but the server should.
Finding check_secret_file(const std::string& what, const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return {"secrets", Verdict::wrong, what + " " + file + ": " + std::generic_category().message(errno),
            "put the file there, readable by the server's user"};
  if ((status.st_mode & S_IRWXO) != 0)
    return {"secrets", Verdict::wrong, what + " " + file + " is open to every user",
            "chmod o= " + file + ", and replace what is in it if others could read it"};
  return {"secrets", Verdict::ok, what + " " + file + " is closed to other users"};
}

}  // namespace

Finding check_listening(const Configuration& configuration, const std::optional<std::string>& url) {
  const auto [host, port] = url ? parse_address(url->substr(url->find("://") + 3)) : configuration.listen;
  const auto place = host + ", port " + std::to_string(port);
  if (url ? url->starts_with("https://") : configuration.tls.has_value())
    return {"listening", Verdict::ok, place + ", over TLS"};
  if (boost::asio::ip::make_address(host).is_loopback())
    return {"listening", Verdict::ok, place + ", in the clear for this machine alone"};
  return {"listening", Verdict::warning, place + ", in the clear for the network: whoever listens in has the tokens",
          "configure [tls], or listen on 127.0.0.1 behind a proxy that speaks TLS"};
}

Finding check_tls(const http::TlsFiles& files, std::chrono::sys_seconds now) {
  try {
    static_cast<void>(http::make_tls_context(files));
  } catch (const std::runtime_error& error) {
    return {"tls", Verdict::wrong, error.what(),
            "put the certificate chain into " + files.certificate_chain + " and its key into " + files.private_key};
  }
  const auto dates = http::certificate_dates(files.certificate_chain);
  if (!dates)
    return {"tls", Verdict::wrong, files.certificate_chain + " has no certificate with dates", "replace it"};
  if (dates->not_before > now)
    return {"tls", Verdict::wrong, "the certificate is valid only in " + days_text(dates->not_before - now),
            "set the clock, or replace " + files.certificate_chain};
  if (dates->not_after <= now)
    return {"tls", Verdict::wrong, "the certificate ended " + days_text(now - dates->not_after) + " ago",
            "renew it and restart the server"};
  const auto seen = "chain and key fit; valid for " + days_text(dates->not_after - now) + " more";
  if (dates->not_after - now < days_left_min)
    return {"tls", Verdict::warning, seen, "renew the certificate and restart the server"};
  return {"tls", Verdict::ok, seen};
}

Findings check_issuers(const std::vector<identity::IssuerFile>& issuers) {
  Findings findings;
  std::set<std::string> seen;
  for (const auto& issuer : issuers) {
    const auto keys = identity::read_jwk_set(issuer.jwk_set);
    if (!keys)
      findings.push_back({"issuers", Verdict::wrong, issuer.issuer + ": " + keys.error(),
                          "fetch the issuer's JWK Set into " + issuer.jwk_set.string()});
    else if (!seen.insert(issuer.issuer).second)
      findings.push_back({"issuers", Verdict::wrong, issuer.issuer + " is configured twice", "leave one of them"});
    else
      findings.push_back(
          {"issuers", Verdict::ok,
           issuer.issuer + ": " + std::to_string(keys->size()) + " usable keys in " + issuer.jwk_set.string()});
  }
  return findings;
}

Findings check_secret_files(const std::string& config, const Configuration& configuration) {
  Findings findings;
  if (configuration.tls)
    findings.push_back(check_secret_file("the TLS key", configuration.tls->private_key));
  if (configuration.mail.smtp && !configuration.mail.smtp->username.empty() && !config.empty()) {
    const auto file = toml::parse_file(config);
    findings.push_back(
        check_secret_file("the mail server's password", file["mail"]["password_file"].value_or(std::string())));
  }
  return findings;
}

Finding check_mail_server(const MailSettings& mail) {
  if (!mail.smtp)
    return {"mail", Verdict::ok, "no mail server is configured; mails are written to files"};
  const auto server = mail.smtp->host + ":" + std::to_string(mail.smtp->port);
  const auto trouble = outbound::probe_mail_server(*mail.smtp);
  if (!trouble.empty())
    return {"mail", Verdict::wrong, server + ": " + trouble,
            "see that the server is up, and that [mail] has its port, its kind of TLS, its authority and the log-in"};
  return {"mail", Verdict::ok, server + " takes connections" + (mail.smtp->username.empty() ? "" : " and the log-in")};
}

}  // namespace gatehouse::cli
