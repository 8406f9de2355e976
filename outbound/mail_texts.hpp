// What a mail about a request says, in plain text and in HTML. Names and reasons come from people: they are escaped, and never a header.
#pragma once
#include <string>

#include "domain/gate.hpp"
#include "domain/rows.hpp"

namespace gatehouse::outbound {

struct MailText {
  std::string subject;
  std::string text;
  std::string html;
};

struct MailSubject {
  const std::string& account_name;
  const RequestRow& request;          // as it is now
  const std::string& requester_name;  // falls back to the user's id
  const std::string& decided_by;      // a name; of a decided request
  std::string link;                   // to the request
  GateAnswer gate;                    // of a decided request: whether the requester may install the app now
};

// To those who may decide (R32, R34).
[[nodiscard]] MailText text_for_deciders(const MailSubject& subject);
// To the requester: what became of it, and why (U5, U6).
[[nodiscard]] MailText text_for_requester(const MailSubject& subject);

}  // namespace gatehouse::outbound
