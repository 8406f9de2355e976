#include "outbound/mail_texts.hpp"

#include <utility>
#include <vector>

namespace gatehouse::outbound {

namespace {

std::string escaped(std::string_view text) {
  std::string html;
  for (const char character : text) {
    switch (character) {
    case '&':
      html += "&amp;";
      break;
    case '<':
      html += "&lt;";
      break;
    case '>':
      html += "&gt;";
      break;
    case '"':
      html += "&quot;";
      break;
    default:
      html += character;
    }
  }
  return html;
}

// Lines that people wrote must not look like facts of ours.
std::string indented(const std::string& value) {
  std::string text;
  for (const char character : value) {
    text += character;
    if (character == '\n')
      text += "    ";
  }
  return text;
}

// A sentence, facts line by line, a link with its words.
struct Content {
  std::string sentence;
  std::vector<std::pair<std::string, std::string>> facts;  // those without a value are left out
  std::string link_words;
  std::string link;
  std::string closing;
};

std::string as_text(const Content& content) {
  std::string text = content.sentence + "\n\n";
  for (const auto& [name, value] : content.facts) {
    if (!value.empty())
      text += name + ": " + indented(value) + "\n";
  }
  return text + "\n" + content.link_words + ": " + content.link + "\n\n" + content.closing + "\n";
}

std::string as_html(const Content& content) {
  std::string html = "<!doctype html><html lang=\"en\"><body><p>" + escaped(content.sentence) + "</p><table>";
  for (const auto& [name, value] : content.facts) {
    if (!value.empty())
      html += "<tr><th align=\"left\">" + escaped(name) + "</th><td style=\"white-space:pre-wrap\">" + escaped(value) +
              "</td></tr>";
  }
  html += "</table><p><a href=\"" + escaped(content.link) + "\">" + escaped(content.link_words) + "</a></p><p>";
  return html + escaped(content.closing) + "</p></body></html>\n";
}

MailText written(std::string subject, const Content& content) {
  return {.subject = std::move(subject), .text = as_text(content), .html = as_html(content)};
}

std::string_view outcome_of(RequestStatus status) {
  switch (status) {
  case RequestStatus::approved:
    return "approved";
  case RequestStatus::fulfilled:
    return "fulfilled: the app is installed";
  case RequestStatus::rejected:
    return "rejected";
  case RequestStatus::cancelled:
    return "cancelled";
  case RequestStatus::withdrawn:
    return "withdrawn";
  case RequestStatus::pending:
    break;
  }
  return "still pending";
}

std::string after_approval(const GateAnswer& gate) {
  if (gate.has(GateCode::already_installed))
    return "It is installed for you already.";
  return gate.unmet.empty() ? "You can install the app now."
                            : "Something else keeps you from installing it for now: the app's page says what.";
}

std::string next_step_of(RequestStatus status, const GateAnswer& gate) {
  if (status == RequestStatus::approved)
    return after_approval(gate);
  if (status != RequestStatus::rejected && status != RequestStatus::cancelled)
    return "There is nothing for you to do.";
  const bool closed = gate.has(GateCode::app_restricted) || gate.has(GateCode::user_installs_blocked);
  return closed ? "Nobody can ask for it for now." : "You may ask again.";
}

}  // namespace

MailText text_for_deciders(const MailSubject& subject) {
  const auto& details = subject.request.details;
  const bool install = subject.request.kind == RequestKind::install;
  const auto wish = install ? " asks for the installation of " : " asks for the pre-approval of ";
  const Content content{.sentence =
                            subject.requester_name + wish + details.app_name + " in " + subject.account_name + ".",
                        .facts = {{"App", details.app_name},
                                  {"Asked by", subject.requester_name},
                                  {"E-mail", details.user_email.text},
                                  {"Department", details.department.text},
                                  {"Reason", details.reason.text}},
                        .link_words = "The request",
                        .link = subject.link,
                        .closing = "The first admin to decide settles it."};
  return written("[" + subject.account_name + "] " + subject.requester_name + wish + details.app_name, content);
}

MailText text_for_requester(const MailSubject& subject) {
  const auto& request = subject.request;
  const std::string outcome(outcome_of(request.status));
  const Content content{.sentence = "Your request for " + request.details.app_name + " was " + outcome + ".",
                        .facts = {{"App", request.details.app_name},
                                  {"Decided by", subject.decided_by},
                                  {"Reason", request.decision_reason.text}},
                        .link_words = "Your request",
                        .link = subject.link,
                        .closing = next_step_of(request.status, subject.gate)};
  return written("[" + subject.account_name + "] Your request for " + request.details.app_name + " was " + outcome,
                 content);
}

}  // namespace gatehouse::outbound
