#include "outbound/webhook_dispatcher.hpp"

#include <algorithm>
#include <array>

#include "domain/webhooks.hpp"
#include "events/frame.hpp"
#include "identity/base64url.hpp"
#include "identity/secure_random.hpp"
#include "outbound/deauthorizations.hpp"
#include "outbound/webhook_messages.hpp"
#include "outbound/webhook_plan.hpp"

namespace gatehouse::outbound {

namespace {

constexpr std::chrono::seconds idle_look{30};
constexpr std::chrono::seconds after_refusal{5};
constexpr std::chrono::milliseconds next_answer_patience{2};
constexpr std::size_t challenges_together = 64;
constexpr std::size_t plain_token_bytes = 16;

std::string make_plain_token() {
  std::array<std::uint8_t, plain_token_bytes> random;
  identity::fill_with_random(random);
  return identity::base64url_encode(random);
}

// An account's endpoint is recorded through the account, an app's through the catalogue.
AccountId door_of(const EndpointName& endpoint) { return endpoint.stream; }

}  // namespace

WebhookDispatcher::WebhookDispatcher(const Parts& parts, Settings settings)
    : parts_(parts), settings_(std::move(settings)),
      recorder_(parts.log, parts.commands, parts.follower, {webhooks_projection}),
      sender_(settings_.addresses, settings_.ca_file, settings_.under_way_max) {}

WebhookDispatcher::~WebhookDispatcher() { stop(); }

void WebhookDispatcher::start() {
  listener_ = parts_.log.on_append([this](Position) { sender_.wake(); });
  thread_ = std::thread([this] { run(); });
}

void WebhookDispatcher::stop() {
  stopping_ = true;
  sender_.wake();
  if (thread_.joinable())
    thread_.join();
  listener_.reset();
}

void WebhookDispatcher::run() {
  while (!stopping_) {
    if (record() && recorder_.catch_up())
      start_due();
    counters_.under_way = under_way_.size();
    auto answers = sender_.work(patience());
    while (!answers.empty()) {
      for (const auto& [id, answer] : answers)
        take(id, answer);
      // While answers come quickly, one record is written for many.
      answers = unrecorded_.size() < webhooks_unrecorded_max && !stopping_ ? sender_.work(next_answer_patience)
                                                                           : WebhookAnswers();
    }
  }
}

std::chrono::milliseconds WebhookDispatcher::patience() const {
  if (!unrecorded_.empty())
    return after_refusal;
  const auto webhooks = recorder_.rows(webhooks_projection);
  const auto due = webhooks ? next_due_webhook(*webhooks) : std::nullopt;
  if (!due)
    return idle_look;
  // What is due but not under way waits for something that ends, which wakes us.
  const auto pause = std::chrono::milliseconds(due->unix_ms - settings_.clock().unix_ms);
  return pause.count() <= 0 ? std::chrono::milliseconds(after_refusal)
                            : std::min<std::chrono::milliseconds>(pause, idle_look);
}

void WebhookDispatcher::start_due() {
  list_deauthorizations();
  const auto webhooks = recorder_.rows(webhooks_projection);
  if (!webhooks)
    return;
  const auto state = parts_.log.state();
  start_challenges(*webhooks, *state);
  start_messages(*webhooks, *state);
}

// Some at a time: what is under way must not wait for a long list. Recording them wakes us for the next.
void WebhookDispatcher::list_deauthorizations() {
  const auto webhooks = recorder_.rows(webhooks_projection);
  if (!webhooks)
    return;
  auto records = next_deauthorizations(parts_.log, *webhooks);
  if (!records.empty())
    recorder_.commit(std::move(records));
}

void WebhookDispatcher::start_challenges(const TableReader& webhooks, const StateSnapshot& state) {
  const auto now = settings_.clock();
  for (const auto& name : due_challenges(webhooks, now, challenges_together + challenged_.size())) {
    const auto endpoint = endpoint_row(state, name.stream, name.endpoint_id);
    if (!endpoint || challenged_.contains(name.endpoint_id))
      continue;
    challenged_.insert(name.endpoint_id);
    Challenge challenge{name, *endpoint, make_plain_token()};
    auto request = challenge_request(name, *endpoint, parts_.secrets, challenge.plain_token, now);
    send(std::move(challenge), std::move(request));
  }
}

void WebhookDispatcher::start_messages(const TableReader& webhooks, const StateSnapshot& state) {
  const auto has_room = [&](const EndpointName& endpoint) {
    const std::size_t share = struggling_.contains(endpoint.endpoint_id) ? 1 : webhooks_of_endpoint_max;
    const auto found = messages_.find(endpoint.endpoint_id);
    return found == messages_.end() || found->second < share;
  };
  const auto is_busy = [&](const EndpointName& endpoint, const AccountId& account) {
    return busy_.contains({endpoint.endpoint_id, account});
  };
  const auto visit = [&](const DueWebhook& due) { return start_message(state, due); };
  visit_due_webhooks(webhooks, settings_.clock(), {.has_room = has_room, .is_busy = is_busy, .visit = visit});
}

AfterDue WebhookDispatcher::start_message(const StateSnapshot& state, const DueWebhook& due) {
  if (under_way_.size() >= settings_.under_way_max)
    return AfterDue::stop;
  const auto& name = due.endpoint;
  auto endpoint = endpoint_row(state, name.stream, name.endpoint_id);
  if (!endpoint)
    return AfterDue::next_endpoint;
  Message message{due, std::move(*endpoint)};
  const auto& row = due.message.row;
  const auto stored = parts_.log.read_at(Position{row.source.position});
  const auto event = stored ? decode_frame(stored->frame) : tl::unexpected(FrameError::too_short);
  std::optional<WebhookBody> body;
  if (event) {
    const State account(state, due.message.place.account_id, parts_.reader);
    const auto secret = parts_.secrets.text(name.endpoint_id, message.endpoint.generation, message.endpoint.scheme);
    body = settings_.write_body({account, *event, row, secret});
  }
  ++busy_[{name.endpoint_id, due.message.place.account_id}];
  if (!body) {
    unrecorded_.push_back(failure_of(message, {}, "the event cannot be told", std::nullopt));
    return AfterDue::next_lane;
  }
  ++messages_[name.endpoint_id];
  auto request =
      webhook_request(name, message.endpoint, parts_.secrets, row.message_id, std::move(*body), settings_.clock());
  message.span = tracing::follow_up(event->envelope.correlation_id);
  request.headers.push_back(std::string(tracing::traceparent_header) + ": " + tracing::traceparent(message.span));
  send(std::move(message), std::move(request));
  return AfterDue::next_lane;
}

void WebhookDispatcher::send(Transfer transfer, WebhookRequest request) {
  const auto id = next_transfer_++;
  under_way_.emplace(id, std::move(transfer));
  sender_.start(id, std::move(request));
}

void WebhookDispatcher::take(std::uint64_t id, const WebhookAnswer& answer) {
  const auto found = under_way_.find(id);
  const auto transfer = std::move(found->second);
  under_way_.erase(found);
  unrecorded_.push_back(std::visit([&](const auto& one) { return record_of(one, answer); }, transfer));
  const auto* message = std::get_if<Message>(&transfer);
  if (message == nullptr)
    return;
  const auto& due = message->due;
  settings_.attempted({.span = message->span,
                       .message_id = due.message.row.message_id,
                       .endpoint_id = due.endpoint.endpoint_id.value,
                       .account_id = due.message.place.account_id.value,
                       .attempt = due.attempt,
                       .status = answer.status,
                       .reason = answer.reason,
                       .milliseconds = answer.milliseconds});
  const auto count = messages_.find(due.endpoint.endpoint_id);
  if (--count->second == 0)
    messages_.erase(count);
  if (is_delivered(answer) && unrecorded_.size() < webhooks_unrecorded_max)
    start_next(due.endpoint, due.message.place);
}

// The lane goes on before the record is written: what stands after a delivered message was not sent yet, in whatever rows.
void WebhookDispatcher::start_next(const EndpointName& endpoint, const MessagePlace& after) {
  const auto webhooks = recorder_.rows(webhooks_projection);
  auto next = webhooks ? webhook_lanes::next_of(*webhooks, endpoint.endpoint_id, after) : std::nullopt;
  if (!next || next->row.barrier || stopping_)
    return;
  const auto state = parts_.log.state();
  const auto row = endpoint_row(*state, endpoint.stream, endpoint.endpoint_id);
  if (row && row->status == EndpointStatus::active)
    start_message(*state, {endpoint, std::move(*next), 1});
}

void WebhookDispatcher::release(const Lane& lane) {
  const auto found = busy_.find(lane);
  if (found != busy_.end() && --found->second == 0)
    busy_.erase(found);
}

WebhookDispatcher::Record WebhookDispatcher::record_of(const Challenge& challenge, const WebhookAnswer& answer) {
  const auto& endpoint = challenge.endpoint;
  auto fault = challenge_fault(challenge.name, endpoint, parts_.secrets, challenge.plain_token, answer);
  if (fault.empty())
    return {door_of(challenge.name), RecordWebhookValidated{challenge.name, endpoint.version}};
  const auto failures = endpoint.validation_failures + 1;
  const bool was_valid = endpoint.status == EndpointStatus::active;
  settings_.report("the webhook endpoint " + challenge.name.endpoint_id.value + " failed its challenge: " + fault);
  return {door_of(challenge.name),
          RecordWebhookValidationFailure{challenge.name, endpoint.version, std::move(fault),
                                         jitter_.after(settings_.clock(), challenge_pause_after(failures, was_valid))}};
}

WebhookDispatcher::Record WebhookDispatcher::record_of(const Message& message, const WebhookAnswer& answer) {
  const auto& due = message.due;
  if (!is_delivered(answer)) {
    struggling_.insert(due.endpoint.endpoint_id);
    auto reason = answer.status == 0 ? answer.reason : "the answer's status is " + std::to_string(answer.status);
    const auto pause = is_gone(answer) ? std::optional(std::chrono::milliseconds{0})
                                       : pause_after(message.endpoint.scheme, due.attempt, answer);
    return failure_of(message, answer, std::move(reason), pause);
  }
  struggling_.erase(due.endpoint.endpoint_id);
  ++counters_.delivered;
  return {door_of(due.endpoint), RecordWebhookDelivered{{.endpoint = due.endpoint,
                                                         .message = due.message.place,
                                                         .message_id = due.message.row.message_id,
                                                         .attempt = due.attempt,
                                                         .status = answer.status,
                                                         .milliseconds = answer.milliseconds}}};
}

WebhookDispatcher::Record WebhookDispatcher::failure_of(const Message& message, const WebhookAnswer& answer,
                                                        std::string reason,
                                                        std::optional<std::chrono::milliseconds> pause) {
  const auto& due = message.due;
  ++counters_.failed;
  if (!pause) {
    ++counters_.given_up;
    settings_.report("a webhook is given up: " + due.message.row.message_id + " to " + due.endpoint.endpoint_id.value +
                     ", " + reason);
  }
  const auto now = settings_.clock();
  const auto planned = !pause ? Timestamp{} : pause->count() == 0 ? now : jitter_.after(now, *pause);
  const auto retry_at = pause ? std::max(planned, Timestamp{now.unix_ms + asked_pause(answer).count()}) : planned;
  return {door_of(due.endpoint), RecordWebhookFailure{.failed = {.endpoint = due.endpoint,
                                                                 .message = due.message.place,
                                                                 .message_id = due.message.row.message_id,
                                                                 .attempt = due.attempt,
                                                                 .status = answer.status,
                                                                 .milliseconds = answer.milliseconds,
                                                                 .reason = std::move(reason),
                                                                 .retry_at = retry_at},
                                                      .gone = is_gone(answer)}};
}

bool WebhookDispatcher::record() {
  if (unrecorded_.empty())
    return true;
  if (!recorder_.commit_in_order(unrecorded_))
    return false;
  for (const auto& [door, command] : unrecorded_) {
    if (const auto* valid = std::get_if<RecordWebhookValidated>(&command))
      challenged_.erase(valid->endpoint.endpoint_id);
    else if (const auto* invalid = std::get_if<RecordWebhookValidationFailure>(&command))
      challenged_.erase(invalid->endpoint.endpoint_id);
    else if (const auto* delivered = std::get_if<RecordWebhookDelivered>(&command))
      release({delivered->delivered.endpoint.endpoint_id, delivered->delivered.message.account_id});
    else if (const auto* failed = std::get_if<RecordWebhookFailure>(&command))
      release({failed->failed.endpoint.endpoint_id, failed->failed.message.account_id});
  }
  unrecorded_.clear();
  return true;
}

}  // namespace gatehouse::outbound
