// The part of a random history that concerns what leaves the server: endpoints, and what a dispatcher records.
#include "domain/request.hpp"
#include "domain/webhooks.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::testing {

void Story::remember(const Submission& submission, const Committed& committed) {
  for (const auto& recorded : committed.events) {
    const auto* registered = std::get_if<WebhookEndpointRegistered>(recorded.known());
    if (registered != nullptr)
      endpoints_.push_back(registered->endpoint);
  }
  for (const auto& [name, value] : committed.results.front()) {
    if (name == "request_id")
      requests_.emplace_back(submission.account_id, RequestId{std::get<std::string>(value)});
  }
}

Submission Story::by_dispatcher(const AccountId& account, Command command) const {
  Submission submission;
  submission.account_id = account;
  submission.caller = {.type = ActorType::system, .id = "dispatcher"};
  submission.commands.push_back(std::move(command));
  return submission;
}

// What a dispatcher does with a request; which may have been done already, or not be due.
Submission Story::any_record() {
  const auto& [account, request] = any_of(requests_);
  const auto kind = below(2) == 0 ? NotificationKind::request_created : NotificationKind::request_decided;
  const auto id = notification_id_of(request, kind);
  const auto user = below(2) == 0 ? UserId{"owner"} : any_user();
  switch (below(6)) {
  case 0:
    return by_dispatcher(account, RecordNotificationSent{id, user, "mail@example.com"});
  case 1:
    return by_dispatcher(account, RecordNotificationFailure{id, user, 1, "timeout", Timestamp{now_ms_ + 60'000}});
  case 2:
    return by_dispatcher(account, SuppressNotification{id, user, SuppressionReason::recipient_gone});
  default:
    return by_dispatcher(account, QueueNotification{request, kind});
  }
}

// Asked for, or carried out if it was asked for before.
Submission Story::erasure_of(const UserId& user) {
  const auto& account = any_of(accounts_);
  const auto rows = log_->state();
  const State state(*rows, account);
  if (!state.erasure(user.value))
    return by_owner(account, EraseSubject{user, {}});
  const auto digest = size_.keys->destroy({account, user.value});
  std::vector<DestroyedKey> destroyed;
  if (digest)
    destroyed.push_back({user.value, "digest"});
  return by_dispatcher(account, RecordSubjectErased{user, {}, std::move(destroyed)});
}

Submission Story::any_webhook_command() {
  const std::vector<std::string> types{below(2) == 0 ? "appgov.*" : "app.authorization_request_created",
                                       "app_deauthorized"};
  if (endpoints_.empty() || below(12) == 0) {
    if (below(2) == 0)
      return by_owner(any_of(accounts_), RegisterWebhook{"https://example.com/all", types, {}, {}});
    return by_platform(
        RegisterWebhook{"https://example.com/app", {"app_deauthorized"}, any_of(apps_), SignatureScheme::zoom});
  }
  const auto endpoint = any_of(endpoints_);
  const auto by_keeper = [&](Command command) {
    return endpoint.app_id.empty() ? by_owner(endpoint.stream, std::move(command)) : by_platform(std::move(command));
  };
  const auto& id = endpoint.endpoint_id;
  switch (below(20)) {
  case 0:
    return by_keeper(ChangeWebhook{id, "https://example.com/" + std::to_string(below(3)), {}, {}});
  case 1:
    return by_keeper(DisableWebhook{id});
  case 2:
  case 3:
    return by_keeper(EnableWebhook{id});
  case 4:
    return by_keeper(RotateWebhookSecret{id});
  case 5:
    return by_keeper(ValidateWebhook{id});
  case 6:
    return by_keeper(ResendWebhook{id, "msg_" + std::to_string(below(4))});
  case 7:
    return below(4) == 0 ? by_keeper(RemoveWebhook{id}) : by_keeper(ValidateWebhook{id});
  default:
    return any_webhook_record(endpoint);
  }
}

// As a dispatcher would, but of messages that may not be due.
Submission Story::any_webhook_record(const EndpointName& endpoint) {
  const auto& account = any_of(accounts_);
  const MessagePlace place{
      .account_id = account, .position = 1 + below(300), .form = MessageForm::cloud_event, .app_id = {}, .user_id = {}};
  const auto id = "msg_" + std::to_string(below(4));
  const auto row = endpoint_row(*log_->state(), endpoint.stream, endpoint.endpoint_id);
  const auto version = row ? row->version : 0;
  switch (below(6)) {
  case 0:
    return by_dispatcher(endpoint.stream,
                         RecordWebhookValidationFailure{endpoint, version, "timeout", Timestamp{now_ms_ + 60'000}});
  case 1:
    return by_dispatcher(
        endpoint.stream,
        RecordWebhookFailure{{endpoint, place, id, 1, 503, 12, "timeout", Timestamp{now_ms_ + 5'000}}, below(8) == 0});
  case 2:
    return by_dispatcher(endpoint.stream, RecordWebhookDelivered{{endpoint, place, id, 1, 200, 12}});
  case 3:
    return by_dispatcher(account, RecordDeauthorizations{1 + below(100),
                                                         1 + below(300),
                                                         {{any_of(apps_), any_user(), SubscriptionId{"s"}, {}, {}}},
                                                         below(2) == 0});
  default:
    return by_dispatcher(endpoint.stream, RecordWebhookValidated{endpoint, version});
  }
}

}  // namespace gatehouse::testing
