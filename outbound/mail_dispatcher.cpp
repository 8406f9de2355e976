#include "outbound/mail_dispatcher.hpp"

#include <algorithm>

#include "domain/request.hpp"
#include "domain/state.hpp"
#include "outbound/mail_texts.hpp"
#include "projections/requests.hpp"

namespace gatehouse::outbound {

namespace {

constexpr std::size_t queued_together = 200;
constexpr std::size_t sent_together = 20;  // recorded together; as many may be sent again after a kill
constexpr std::size_t settled_page = 300;
constexpr std::chrono::seconds idle_look{30};
constexpr std::chrono::seconds after_refusal{5};

std::string name_of_user(const State& state, const UserId& user) {
  const auto member = state.member(user);
  const auto name = member ? state.text_of(member->name) : std::string();
  return name.empty() ? user.value : name;
}

// A user's id in the left part of a Message-ID (RFC 5322 section 3.2.3): what may not stand there is written as =XX.
std::string as_atom(std::string_view id) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string atom;
  for (const char character : id) {
    if (character != '.' && character != '@' && character != ':') {
      atom += character;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    atom.append({'=', digits[byte >> 4U], digits[byte & 15U]});
  }
  return atom;
}

// The same whenever the mail is sent, and unlike any other's.
std::string message_id_of(const DueMail& due, const Mailbox& from) {
  const auto domain = from.address.substr(from.address.find('@') + 1);
  return due.notification_id.value + "." + as_atom(due.user_id.value) + "@" + domain;
}

// Everybody whose personal texts may stand in it.
std::vector<std::string> about(const DueMail& due, const RequestRow& request) {
  std::vector<std::string> subjects;
  for (const auto& user : {due.user_id, request.details.user_id, request.decided_by}) {
    if (!user.empty())
      subjects.push_back(mail_subject(due.account_id, user.value));
  }
  return subjects;
}

bool is_open(const State& state, const DueMail& due) {
  const auto notification = state.notification(due.notification_id);
  return notification && std::ranges::find(notification->open, due.user_id) != notification->open.end();
}

}  // namespace

MailDispatcher::MailDispatcher(const Parts& parts, Settings settings)
    : parts_(parts), settings_(std::move(settings)),
      recorder_(parts.log, parts.commands, parts.follower, {outbound_projection, requests_projection}) {}

MailDispatcher::~MailDispatcher() { stop(); }

void MailDispatcher::start() {
  listener_ = parts_.log.on_append([this](Position) {
    const std::lock_guard lock(mutex_);
    grown_ = true;
    wake_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

void MailDispatcher::stop() {
  stopping_ = true;
  parts_.mailer.cancel();
  {
    const std::lock_guard lock(mutex_);
    wake_.notify_one();
  }
  if (thread_.joinable())
    thread_.join();
  listener_.reset();
}

void MailDispatcher::run() {
  while (!stopping_) {
    if (!recorder_.catch_up() || !work())
      wait_for_work();
  }
}

bool MailDispatcher::work() {
  const bool named = queue_named();
  const bool settled = queue_settled();
  return send_due() || named || settled;
}

bool MailDispatcher::queue_named() {
  const auto outbound = recorder_.rows(outbound_projection);
  if (!outbound)
    return false;
  std::vector<std::pair<AccountId, Command>> commands;
  std::set<Untold> asked;
  for (const auto& due : unqueued_notifications(*outbound, queued_together + idle_.size())) {
    const Untold untold{due.account_id, due.request_id, due.kind};
    if (idle_.contains(untold))
      continue;
    commands.emplace_back(due.account_id, QueueNotification{due.request_id, due.kind});
    asked.insert(untold);
  }
  if (commands.empty() || !recorder_.commit(std::move(commands)))
    return false;
  // What is still there though it was asked for has nothing to be done; what came in the meantime was not asked for.
  asked.merge(idle_);
  idle_.clear();
  if (const auto after = recorder_.rows(outbound_projection)) {
    for (const auto& left : unqueued_notifications(*after, queued_together + asked.size())) {
      const Untold untold{left.account_id, left.request_id, left.kind};
      if (asked.contains(untold))
        idle_.insert(untold);
    }
  }
  return true;
}

// Those whose latest change is that very event, newest request first, until as many are found as it settled.
bool MailDispatcher::queue_settled() {
  const auto outbound = recorder_.rows(outbound_projection);
  const auto requests = recorder_.rows(requests_projection);
  const auto settled = outbound && requests ? first_settled_requests(*outbound) : std::nullopt;
  if (!settled)
    return false;
  const auto snapshot = parts_.log.state();
  const State state(*snapshot, settled->account_id);
  const RequestFilter filter{.kind = settled->kind, .status = {}, .app_id = settled->app_id, .user_id = {}};
  std::uint64_t found = 0;
  std::string cursor;
  do {
    const auto page = requests_page(*requests, state, filter, cursor, settled_page);
    std::vector<std::pair<AccountId, Command>> commands;
    for (const auto& request : page.items) {
      if (request.version != settled->version)
        continue;
      ++found;
      commands.emplace_back(settled->account_id,
                            QueueNotification{request.details.request_id, NotificationKind::request_decided});
    }
    if (!recorder_.commit(std::move(commands)))
      return false;
    cursor = page.next;
  } while (!cursor.empty() && found < settled->count && !stopping_);
  if (stopping_)
    return false;
  std::vector<std::pair<AccountId, Command>> done;
  done.emplace_back(settled->account_id,
                    RecordSettledRequestsNotified{settled->app_id, settled->kind, settled->version});
  return recorder_.commit(std::move(done));
}

bool MailDispatcher::send_due() {
  const auto outbound = recorder_.rows(outbound_projection);
  if (!outbound)
    return false;
  const auto snapshot = parts_.log.state();
  std::vector<std::pair<AccountId, Command>> records;
  for (const auto& due : due_mails(*outbound, settings_.clock(), sent_together)) {
    if (stopping_)
      break;
    const State state(*snapshot, due.account_id, parts_.reader);
    if (!is_open(state, due))
      continue;
    const MailKey key{due.account_id, due.notification_id, due.user_id};
    auto record = unrecorded_.find(key);
    if (record == unrecorded_.end()) {
      auto made = attempt(state, due);
      if (!made)
        break;
      record = unrecorded_.emplace(key, std::move(*made)).first;
    }
    records.emplace_back(due.account_id, record->second);
  }
  if (records.empty() || !recorder_.commit(std::move(records)))
    return false;
  unrecorded_.clear();
  return true;
}

std::optional<Command> MailDispatcher::attempt(const State& state, const DueMail& due) {
  const auto account = state.account();
  const auto suppressed = [&](SuppressionReason reason) {
    ++counters_.suppressed;
    return SuppressNotification{due.notification_id, due.user_id, reason};
  };
  // D18: the switch counts at the moment of sending.
  if (!account || !account->notifications_enabled)
    return suppressed(SuppressionReason::disabled);
  const auto mail = write_mail(state, due);
  if (!mail)
    return suppressed(SuppressionReason::recipient_gone);
  const auto outcome = parts_.mailer.send(*mail);
  if (!outcome.sent && stopping_)
    return std::nullopt;
  return record_of(due, *mail, outcome);
}

std::optional<Mail> MailDispatcher::write_mail(const State& state, const DueMail& due) const {
  const auto notification = state.notification(due.notification_id);
  const auto member = state.active_member(due.user_id);
  auto request = notification ? effective_request(state, notification->request_id) : std::nullopt;
  const auto address = member ? state.text_of(member->email) : std::string();
  if (!request || address.empty())
    return std::nullopt;
  auto& details = request->details;
  for (auto* text : {&details.user_email, &details.department, &details.reason, &request->decision_reason})
    *text = state.opened(std::move(*text));
  const auto account_name = state.account()->name;
  const auto requester = name_of_user(state, request->details.user_id);
  const auto decided_by = request->decided_by.empty() ? std::string() : name_of_user(state, request->decided_by);
  const bool for_deciders = notification->kind == NotificationKind::request_created;
  const MailSubject subject{
      .account_name = account_name,
      .request = *request,
      .requester_name = requester,
      .decided_by = decided_by,
      .link = link_to(due.account_id, notification->request_id),
      .gate = for_deciders ? GateAnswer() : ask_gate(state, {details.app_id, details.user_id, details.credentials})};
  auto text = for_deciders ? text_for_deciders(subject) : text_for_requester(subject);
  return Mail{.from = settings_.from,
              .to = {state.text_of(member->name), address},
              .subject = std::move(text.subject),
              .text = std::move(text.text),
              .html = std::move(text.html),
              .message_id = message_id_of(due, settings_.from),
              .date = settings_.clock(),
              .about = about(due, *request)};
}

std::string MailDispatcher::link_to(const AccountId& account, const RequestId& request) const {
  auto link = settings_.request_url;
  const auto fill = [&](std::string_view place, const std::string& value) {
    if (const auto at = link.find(place); at != std::string::npos)
      link.replace(at, place.size(), value);
  };
  fill("{account_id}", account.value);
  fill("{request_id}", request.value);
  return link;
}

Command MailDispatcher::record_of(const DueMail& due, const Mail& mail, const MailOutcome& outcome) {
  if (outcome.sent) {
    ++counters_.sent;
    if (!failing_by_.empty())
      settings_.report("mails are sent again");
    failing_by_.clear();
    return RecordNotificationSent{due.notification_id, due.user_id, mail.message_id};
  }
  ++counters_.failed;
  if (failing_by_ != outcome.reason)
    settings_.report("mails are not sent, and tried again later: " + outcome.reason);
  failing_by_ = outcome.reason;
  const bool last = outcome.final || due.attempt > mail_retry_plan.size();
  if (last) {
    ++counters_.given_up;
    settings_.report("a mail is given up: " + due.notification_id.value + ", " + outcome.reason);
  }
  return RecordNotificationFailure{
      .notification_id = due.notification_id,
      .user_id = due.user_id,
      .attempt = due.attempt,
      .reason = outcome.reason,
      .retry_at =
          last ? std::nullopt : std::optional(jitter_.after(settings_.clock(), mail_retry_plan.at(due.attempt - 1)))};
}

void MailDispatcher::wait_for_work() {
  const auto outbound = recorder_.rows(outbound_projection);
  const auto due = outbound ? next_due_mail(*outbound) : std::nullopt;
  std::chrono::milliseconds pause = idle_look;
  if (due)
    pause = std::clamp(std::chrono::milliseconds(due->unix_ms - settings_.clock().unix_ms),
                       std::chrono::milliseconds(after_refusal), std::chrono::milliseconds(idle_look));
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, pause, [this] { return grown_ || stopping_; });
  grown_ = false;
}

}  // namespace gatehouse::outbound
