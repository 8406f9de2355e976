#include "tests/domain/scenario.hpp"

#include <algorithm>

#include "domain/refusals_of.hpp"
#include "events/personal_parts.hpp"
#include "tests/domain/event_text.hpp"

namespace gatehouse::test {

namespace {

constexpr std::int64_t step_ms = 1'000;

std::vector<std::string> texts_of(const std::vector<Event>& events) {
  std::vector<std::string> texts;
  std::ranges::transform(events, std::back_inserter(texts), [](const Event& event) { return text_of(event); });
  return texts;
}

std::vector<Event> events_of(const Decision& decision) {
  std::vector<Event> events;
  std::ranges::transform(decision.events, std::back_inserter(events), &EventFor::event);
  return events;
}

std::string refusal_text(const Rejection& rejection) {
  std::string text = std::string(to_text(rejection.code)) + ": " + rejection.detail;
  for (const auto& error : rejection.errors)
    text += "\n  " + error.pointer + " " + error.code + " " + error.detail;
  return text;
}

std::string bound_to(const ConfirmationTokens::Scope& scope) {
  return scope.actor + "|" + scope.account + "|" + scope.command + "|" + scope.target + "|" +
         std::to_string(scope.version);
}

}  // namespace

Caller as(std::string user_id) {
  return Caller{.type = ActorType::user, .id = std::move(user_id), .platform = false, .directory = false};
}
Caller platform_service() {
  return Caller{.type = ActorType::service, .id = "console", .platform = true, .directory = false};
}
Caller directory_service() {
  return Caller{.type = ActorType::service, .id = "directory-sync", .platform = false, .directory = true};
}
Caller plain_service() {
  return Caller{.type = ActorType::service, .id = "reporter", .platform = false, .directory = false};
}

Uuid CountingIds::next(Timestamp now) { return make_uuid_v7(now.unix_ms, {0, 0, 0, 0, 0, 0, 0, 0, 0, ++count_}); }

std::string PlainTokens::issue(const Scope& scope, Timestamp, Timestamp expires_at) const {
  return bound_to(scope) + "|" + std::to_string(expires_at.unix_ms);
}

ConfirmationTokens::Check PlainTokens::check(const Scope& scope, Timestamp now, const std::string& token) const {
  const auto last = token.rfind('|');
  if (last == std::string::npos || token.substr(0, last) != bound_to(scope))
    return Check::stale;
  return std::stoll(token.substr(last + 1)) > now.unix_ms ? Check::valid : Check::stale;
}

void Outcome::then(const std::vector<Event>& expected) const {
  ASSERT_TRUE(decided_.has_value()) << refusal_text(decided_.error());
  EXPECT_EQ(texts_of(events_of(*decided_)), texts_of(expected));
}

void Outcome::then_names(const std::vector<std::string>& expected) const {
  ASSERT_TRUE(decided_.has_value()) << refusal_text(decided_.error());
  std::vector<std::string> names;
  for (const auto& event : decided_->events)
    names.emplace_back(name_of(event.event));
  EXPECT_EQ(names, expected);
}

const Rejection& Outcome::then_refused(RejectionCode code) const {
  static const Rejection none;
  if (decided_) {
    ADD_FAILURE() << "accepted, but " << to_text(code)
                  << " was expected; events: " << ::testing::PrintToString(texts_of(events_of(*decided_)));
    return none;
  }
  EXPECT_EQ(to_text(decided_.error().code), to_text(code)) << refusal_text(decided_.error());
  return decided_.error();
}

std::string Outcome::result(const std::string& name) const {
  for (const auto& [key, value] : decision().result) {
    if (key != name)
      continue;
    if (const auto* number = std::get_if<std::uint64_t>(&value))
      return std::to_string(*number);
    return std::get<std::string>(value);
  }
  ADD_FAILURE() << "no result " << name;
  return {};
}

Scenario::Scenario() {
  at(catalogue_stream);
  given(platform_service(),
        OpenAccount{AccountId{"acme"}, "Acme", {UserId{"owner"}, "owner@acme.example", "The owner"}, {}});
  at(AccountId{"acme"});
}

Scenario& Scenario::given(const Caller& caller, const Command& command) {
  const auto outcome = when(caller, command);
  EXPECT_TRUE(outcome.accepted()) << name_of(command) << " given, but refused";
  if (!outcome.accepted())
    (void)outcome.then_refused(RejectionCode::insufficient_scope);
  return *this;
}

Scenario& Scenario::given(Event event) {
  fold(account_id_, Actor{ActorType::system, "given", {}}, event);
  return *this;
}

Scenario& Scenario::given_member(const std::string& user_id, const std::string& role) {
  return given(directory_service(),
               AddMember{UserId{user_id}, user_id + "@acme.example", user_id, "Sales", RoleId{role}});
}

Scenario& Scenario::given_app(const std::string& app_id, const std::function<void(AppRegistered&)>& change,
                              bool published) {
  AppRegistered app;
  app.app_id = AppId{app_id};
  app.app_type = "general";
  app.developer = DeveloperKind::third_party;
  app.facts.name = app_id;
  app.facts.has_production = app.facts.has_development = true;
  app.facts.listed = true;
  app.manifest = "{}";
  if (change)
    change(app);
  const Actor actor{ActorType::service, "console", {}};
  fold(catalogue_stream, actor, app);
  if (published)
    fold(catalogue_stream, actor, AppPublished{app.app_id, app.facts.listed});
  return *this;
}

Outcome Scenario::send(const Caller& caller, const Command& command, Sent sent) {
  now_.unix_ms += step_ms;
  const DecisionContext context{.caller = caller,
                                .now = now_,
                                .ids = &ids_,
                                .confirmations = &tokens_,
                                .if_match = sent.if_match ? std::vector{*sent.if_match} : std::vector<std::uint64_t>(),
                                .account_version = version(),
                                .must_be_new = sent.must_be_new};
  auto decided = decide(state(), context, command);
  if (decided) {
    for (const auto& event : decided->events)
      fold(event.stream, Actor{caller.type, caller.id, {}}, event.event);
  } else {
    const auto known = refusals_of(command);
    EXPECT_TRUE(std::ranges::find(known, decided.error().code) != known.end())
        << name_of(command) << " was refused with " << to_text(decided.error().code)
        << ", which refusals_of() does not name";
  }
  return Outcome(std::move(decided));
}

Scenario& Scenario::at(AccountId account_id) {
  account_id_ = std::move(account_id);
  return *this;
}

Scenario& Scenario::later(std::int64_t milliseconds) {
  now_.unix_ms += milliseconds;
  return *this;
}

std::uint64_t Scenario::version(const AccountId& stream) const {
  const auto found = versions_.find(stream);
  return found == versions_.end() ? 0 : found->second;
}

void Scenario::fold(const AccountId& stream, const Actor& actor, Event event) {
  if (sealer_ != nullptr)
    visit_personal_of(event, [&](PersonalText& text) { EXPECT_TRUE(sealer_->seal(stream, text)); });
  const EventContext context{stream, ++versions_[stream], now_, actor, ids_.next(now_)};
  evolve(rows_, context, event);
  history_.emplace_back(context, event);
}

}  // namespace gatehouse::test
