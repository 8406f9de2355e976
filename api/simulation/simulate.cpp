#include "api/simulation/simulate.hpp"

#include "api/command_door.hpp"
#include "api/command_problem.hpp"
#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "api/media_type.hpp"
#include "api/shown_app.hpp"
#include "commands/command_trial.hpp"
#include "commands/system_ids.hpp"
#include "domain/always_confirmed.hpp"
#include "domain/gate.hpp"
#include "domain/rights_difference.hpp"
#include "replay/stream_places.hpp"
#include "sealing/key_draft.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse::api {

namespace {

struct Asked {
  Submission submission;
  bool is_batch{};
};

tl::expected<Asked, Problem> read_submission(const QueryContext& context) {
  if (!is_json(context.content_type))
    return tl::unexpected(make_problem("unsupported_media_type", "The Content-Type must be application/json."));
  auto batch = read_commands(context.body, context.read_manifest);
  if (!batch)
    return tl::unexpected(to_problem(batch.error()));
  if (const auto wrong = check_door(*batch, false))
    return tl::unexpected(to_problem(*wrong));
  Submission submission;
  submission.account_id = context.state.account_id();
  submission.caller = context.access.caller;
  const auto user = context.parameters.text("as_user_id");
  if (user && !context.state.member(UserId{*user}))
    return tl::unexpected(make_problem("user_not_found", "There is no such member."));
  if (!user && !context.access.member && !context.access.directory)
    return tl::unexpected(invalid_parameter("as_user_id", "Must say as whom: the caller may give no commands here."));
  if (user)
    submission.caller = {.type = ActorType::user, .id = std::string(*user)};
  submission.commands = std::move(batch->commands);
  for (auto& command : submission.commands)
    confirm(command);
  return Asked{std::move(submission), batch->is_batch};
}

// Streams go on from where they are at the moment of the question.
StreamTail tail_of(const QueryContext& context, const AccountId& stream) {
  if (stream == context.state.account_id())
    return {context.account_version, {}};
  return {version_at(context.log, stream, context.position), {}};
}

void append_group(std::string& out, const UserGroup& group) {
  ObjectWriter(out).member("count", group.count).member("user_ids", group.first);
}

void append_app(std::string& out, const State& after, const AppDifference& app) {
  const auto row = shown_app(after, app.app_id);
  ObjectWriter object(out);
  object.member("app_id", app.app_id).member("app_name", row ? row->facts.name : std::string());
  append_group(object.key("gain"), app.gain);
  append_group(object.key("lose"), app.lose);
  append_group(object.key("stop"), app.stop);
  append_group(object.key("start"), app.start);
  object.member("account_stops", app.account_stops).member("account_starts", app.account_starts);
}

void append_difference(std::string& out, const State& after, const RightsDifference& difference) {
  ObjectWriter object(out);
  {
    ArrayWriter apps(object.key("apps"));
    for (const auto& app : difference.apps)
      append_app(apps.next(), after, app);
  }
  object.member("apps_compared", difference.apps_compared)
      .member("members_compared", difference.members_compared)
      .member("next_after_user_id", difference.compared_to.value_or(UserId{}));
}

RightsDifference difference_of(const QueryContext& context, const State& after, const Committed& committed) {
  auto reach = reach_of(committed.events);
  if (!reach)
    return {};
  if (const auto app = context.parameters.text("app_id"))
    reach->apps = std::vector{AppId{*app}};
  const UserId from{context.parameters.text("after_user_id").value_or("")};
  return compare_rights(context.state, after, {.reach = std::move(*reach), .after = from});
}

void append_refusal(ObjectWriter& object, const Refused& refused, bool is_batch) {
  object.member("accepted", false).member("refused_command", std::uint64_t{refused.command_index});
  const auto index = is_batch ? std::optional(refused.command_index) : std::nullopt;
  object.key("refusal").append(problem_document(to_problem(refused.rejection, index), ""));
}

// `reader` also has the keys that the commands would make.
void append_outcome(ObjectWriter& object, const QueryContext& context, const OverlayTable& rows,
                    const PersonalReader* reader, const Committed& committed) {
  object.member("accepted", true);
  {
    ArrayWriter events(object.key("events"));
    for (const auto& event : committed.events)
      append_event(events.next(), opened(reader, event));
  }
  const State after(rows, context.state.account_id(), reader);
  append_difference(object.key("effects"), after, difference_of(context, after, committed));
}

}  // namespace

void append_simulation_schema(std::string& out) {
  constexpr std::string_view people =
      R"({"type":"object","properties":{"count":{"type":"integer"},"user_ids":{"type":"array","maxItems":100,"items":{"type":"string"}}}})";
  std::string app = R"({"type":"object","properties":{"app_id":{"type":"string"},"app_name":{"type":"string"})";
  for (const auto* group : {"gain", "lose", "stop", "start"})
    app.append(",\"").append(group).append("\":").append(people);
  app += R"(,"account_stops":{"type":"boolean"},"account_starts":{"type":"boolean"}}})";
  out += R"({"type":"object","required":["accepted","basis"],"properties":{"accepted":{"type":"boolean"},)"
         R"("refused_command":{"type":"integer"},"refusal":{"type":"object"},)"
         R"("events":{"type":"array","items":{"type":"object"}},"effects":{"type":"object","properties":{)"
         R"("apps":{"type":"array","items":)" +
         app +
         R"(},"apps_compared":{"type":"integer"},"members_compared":{"type":"integer"},)"
         R"("next_after_user_id":{"type":"string"}}},"basis":{"type":"object","properties":{)"
         R"("position":{"type":"integer"},"account_version":{"type":"integer"}}}}})";
}

QueryResult simulate(const QueryContext& context) try {
  const auto asked = read_submission(context);
  if (!asked)
    return tl::unexpected(asked.error());
  if (const auto app = context.parameters.text("app_id"); app && !concerns(context.state, AppId{*app}))
    return tl::unexpected(make_problem("app_not_found", "There is no such app for this account."));
  SeededIds ids(context.position.value);
  const AlwaysConfirmed confirmations;
  std::optional<KeyDraft> sealer;  // what it makes goes with it
  if (context.keys != nullptr)
    sealer.emplace(*context.keys);
  CommandTrial trial({.rows = context.state.rows(),
                      .tail_of = [&](const AccountId& stream) { return tail_of(context, stream); },
                      .ids = ids,
                      .confirmations = confirmations,
                      .now = context.now,
                      .catalogue_position = context.catalogue_position,
                      .sealer = sealer ? &*sealer : nullptr},
                     asked->submission);
  const auto refused = trial.decide_all();
  QueryAnswer answer;
  {
    ObjectWriter object(answer.body);
    if (refused)
      append_refusal(object, *refused, asked->is_batch);
    else
      append_outcome(object, context, trial.rows(), sealer ? &*sealer : nullptr, trial.take_committed());
    ObjectWriter(object.key("basis"))
        .member("position", context.position)
        .member("account_version", context.account_version);
  }
  return answer;
} catch (const SubjectKeysFailure& failure) {
  return tl::unexpected(to_problem(Failed{Failure::read_only, failure.what()}));
}

}  // namespace gatehouse::api
