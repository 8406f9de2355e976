// Where mails go: a mail server, or, without one in the configuration, a folder.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "outbound/mail.hpp"

namespace gatehouse::outbound {

struct MailOutcome {
  bool sent{};
  bool final{};          // refused for good: another attempt would be refused as well
  std::string reason{};  // the step, and the mail server's number; never an address
};

// One thread at a time; cancel() and forget() from any.
class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual MailOutcome send(const Mail& mail) = 0;
  virtual void cancel() {}  // ends what is under way, as a failure
  // Removes what it keeps itself of mails about them, and takes no more of them.
  virtual void forget(const std::vector<std::string>& /*subjects*/) {}
};

enum class TlsUse : unsigned char { none, starttls, tls };

struct SmtpSettings {
  std::string host;
  unsigned port = 587;
  TlsUse tls = TlsUse::starttls;  // starttls is demanded, never tried alone
  std::string username;           // empty: no AUTH
  std::string password;
  std::string ca_file;  // empty: the system's
};

// Through libcurl, over one connection as long as the server keeps it.
[[nodiscard]] std::unique_ptr<Mailer> make_smtp_mailer(SmtpSettings settings);

// Connects, logs in where a name is given, and sends nothing. Empty when the server took all that; otherwise what went wrong.
[[nodiscard]] std::string probe_mail_server(const SmtpSettings& settings);

// <folder>/<message id>.eml, with a line before the mail that says whom it is about, complete or not at all, readable by the server's user alone. Throws std::runtime_error when the folder cannot be made.
[[nodiscard]] std::unique_ptr<Mailer> make_outbox_folder(std::filesystem::path folder);

}  // namespace gatehouse::outbound
