// One mail, and how it becomes the bytes that a mail server takes (RFC 5322, MIME): UTF-8 in names and subject, a plain text and an HTML part.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"

namespace gatehouse::outbound {

struct Mailbox {
  std::string name;  // may be empty
  std::string address;
};

struct Mail {
  Mailbox from;
  Mailbox to;
  std::string subject;
  std::string text;
  std::string html;
  std::string message_id;  // without angle brackets; the same whenever the mail is sent again
  Timestamp date;
  std::vector<std::string> about{};  // mail_subject of everybody whose personal texts it has
};

[[nodiscard]] inline std::string mail_subject(const AccountId& account, std::string_view subject) {
  return account.value + "/" + std::string(subject);
}

// Lines end with CR LF. Control characters in names and subject are left out: no header can be smuggled in.
[[nodiscard]] std::string compose(const Mail& mail);

}  // namespace gatehouse::outbound
