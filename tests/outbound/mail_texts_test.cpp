// What a requester is told to do next: what the gate says, and not what the outcome alone would suggest.
#include "outbound/mail_texts.hpp"

#include <gmock/gmock.h>

namespace gatehouse::outbound {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string told(RequestStatus status, const std::vector<GateCode>& unmet) {
  RequestRow request;
  request.status = status;
  request.details.app_name = "Notes";
  MailSubject subject{.account_name = "Acme",
                      .request = request,
                      .requester_name = "Ann",
                      .decided_by = "Olga",
                      .link = "https://gatehouse.example.com/r",
                      .gate = {}};
  for (const auto code : unmet) {
    subject.gate.unmet.emplace_back();
    subject.gate.unmet.back().code = code;
  }
  return text_for_requester(subject).text;
}

TEST(MailToRequester, says_that_the_app_can_be_installed_only_when_it_can) {
  const auto* install = "You can install the app now.";
  EXPECT_THAT(told(RequestStatus::approved, {}), HasSubstr(install));
  EXPECT_THAT(told(RequestStatus::approved, {GateCode::already_installed}),
              HasSubstr("It is installed for you already."));
  for (const auto code : {GateCode::user_installs_blocked, GateCode::missing_scopes, GateCode::subscription_disabled})
    EXPECT_THAT(told(RequestStatus::approved, {code}), Not(HasSubstr(install)));
}

TEST(MailToRequester, says_that_one_may_ask_again_only_when_one_may) {
  const auto* again = "You may ask again.";
  EXPECT_THAT(told(RequestStatus::rejected, {GateCode::pre_approval_required}), HasSubstr(again));
  EXPECT_THAT(told(RequestStatus::cancelled, {}), HasSubstr(again));
  for (const auto code : {GateCode::user_installs_blocked, GateCode::app_restricted})
    EXPECT_THAT(told(RequestStatus::rejected, {code}), HasSubstr("Nobody can ask for it for now."));
}

}  // namespace
}  // namespace gatehouse::outbound
