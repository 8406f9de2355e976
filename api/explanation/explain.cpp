#include "api/explanation/explain.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "api/event_json.hpp"
#include "api/explanation/inputs_json.hpp"
#include "api/explanation/told_command.hpp"
#include "api/gate_json.hpp"
#include "api/json/described_writer.hpp"
#include "api/queries/queries.hpp"
#include "domain/gate.hpp"
#include "domain/refusals_of.hpp"
#include "domain/rule_of.hpp"
#include "projections/past.hpp"
#include "projections/state_projection.hpp"
#include "replay/decision_replay.hpp"
#include "replay/traced_rows.hpp"

namespace gatehouse::api {

namespace {

// The steps of the gate, in the words of the rules.
constexpr std::array<std::string_view, 10> gate_rules{
    "The app exists and the account can see it.",
    "The app is available with these credentials.",
    "The user is an active member of the account.",
    "The user does not have the app.",
    "Members may install apps, or the user is an admin.",
    "The app is not restricted on the account.",
    "Members install the app themselves, or the user is an admin.",
    "The app needs no pre-approval here, or has it.",
    "The pre-approval is for everyone, or names the user or a group of the user.",
    "The user holds what the app's required scopes need."};

constexpr std::string_view inputs_schema =
    R"("inputs":{"type":"array","items":{"type":"object","properties":{"row":{"type":"string"},"value":{"type":["object","null"]},"set_by":{"type":"array","items":{"type":"object","properties":{"position":{"type":"integer"},"type":{"type":"string"},"recorded_at":{"type":"string"},"actor_id":{"type":"string"},"members":{"type":"array","items":{"type":"string"}}}}},"others_until":{"type":"integer"}}}},"inputs_left_out":{"type":"integer"})";

void append_rule(std::string& out, std::string_view rule, std::string_view text, bool holds) {
  ObjectWriter(out).member("rule", rule).member("text", text).member("holds", holds);
}

// An accepted command met none of its refusals.
void append_rules(std::string& out, const Command& command) {
  ArrayWriter rules(out);
  for (const auto code : refusals_of(command))
    append_rule(rules.next(), to_text(code), rule_of(code), true);
}

void append_gate(std::string& out, const GateAnswer& gate) {
  ArrayWriter rules(out);
  for (std::uint8_t step = 1; step <= gate_rules.size(); ++step) {
    std::vector<Unmet> unmet;
    std::ranges::copy_if(gate.unmet, std::back_inserter(unmet), [step](const Unmet& one) { return one.step == step; });
    const auto passed = std::ranges::find(gate.steps, step, &GateStep::step);
    if (unmet.empty() && passed == gate.steps.end())
      continue;  // not looked at
    ObjectWriter rule(rules.next());
    rule.member("step", std::uint64_t{step}).member("text", gate_rules[step - 1U]).member("holds", unmet.empty());
    if (unmet.empty()) {
      rule.member("because", passed->outcome);
      continue;
    }
    rule.member("code", unmet.front().code);
    append_unmet(rule.key("unmet"), unmet);
  }
}

void append_event_reference(std::string& out, const RecordedEvent& event) {
  ObjectWriter(out)
      .member("event_id", event.envelope.event_id)
      .member("position", event.envelope.position)
      .member("type", type_name_of(event))
      .member("recorded_at", event.envelope.recorded_at)
      .member("actor_type", event.envelope.actor.type)
      .member_if_any("actor_id", event.envelope.actor.id)
      .member_if_any("actor_role", event.envelope.actor.role);
}

void append_decision(std::string& out, const QueryContext& context, const ReplayedDecision& decision) {
  ObjectWriter object(out);
  append_event_reference(object.key("event"), decision.event);
  object.member("basis", decision.basis).member("reproduced", decision.command.has_value());
  if (!decision.command) {
    object.member("detail", decision.has_erased
                                ? "What was recorded of a person is erased, so it cannot be decided again."
                                : "The events of this command do not say all that it was given, so it cannot be "
                                  "decided again.");
    return;
  }
  append_command(object.key("command"), *decision.command);
  object.member("events", decision.events);
  append_rules(object.key("rules"), *decision.command);
  append_inputs(object.key("inputs"), context.log, context.state.account_id(), context.state.reader(), decision.inputs);
  object.member("inputs_left_out", std::uint64_t{decision.inputs_left_out});
}

}  // namespace

QueryResult explain_event(const QueryContext& context) {
  const auto shown = show_event(context);
  if (!shown)
    return tl::unexpected(shown.error());
  const auto position = parse_position(context.path.at("position")).value();
  const auto decision = replay_decision(context.log, context.past, context.state.reader(), position);
  if (!decision)
    return tl::unexpected(make_problem("event_not_found", "This program does not know events of this type."));
  QueryAnswer answer;
  append_decision(answer.body, context, *decision);
  return answer;
}

QueryResult explain_installability(const QueryContext& context) {
  const auto question = installation_asked_about(context);
  if (!question)
    return tl::unexpected(question.error());
  const auto past = past_rows(context.past, state_projection, context.position);
  const TracedRows traced(*past, decision_inputs_max);
  const auto gate = ask_gate(State(traced, context.state.account_id(), context.state.reader()), *question);
  QueryAnswer answer;
  {
    ObjectWriter object(answer.body);
    object.member("allowed", gate.allowed()).member("next_action", gate.next_action);
    append_gate(object.key("rules"), gate);
    // The rows hold what admins alone may see; a member gets the rules, which say as much as the plain answer.
    if (context.access.view || context.access.auditor) {
      append_inputs(object.key("inputs"), context.log, context.state.account_id(), context.state.reader(),
                    decision_inputs(*past, traced));
      object.member("inputs_left_out", std::uint64_t{traced.left_out()});
    }
    ObjectWriter(object.key("basis"))
        .member("position", context.position)
        .member("account_version", context.account_version);
  }
  return answer;
}

void append_event_explanation_schema(std::string& out) {
  out +=
      R"({"type":"object","required":["event","basis","reproduced"],"properties":{"event":{"type":"object"},"basis":{"type":"integer"},)"
      R"("reproduced":{"type":"boolean"},"detail":{"type":"string"},"command":{"type":"object","properties":{"type":{"type":"string"}}},)"
      R"("events":{"type":"array","items":{"type":"integer"}},"rules":{"type":"array","items":{"type":"object","properties":{)"
      R"("rule":{"type":"string"},"text":{"type":"string"},"holds":{"type":"boolean"}}}},)";
  out.append(inputs_schema).append("}}");
}

void append_installability_explanation_schema(std::string& out) {
  out +=
      R"({"type":"object","required":["allowed","rules","basis"],"properties":{"allowed":{"type":"boolean"},)"
      R"("next_action":{"type":"string"},"basis":{"type":"object"},"rules":{"type":"array","items":{"type":"object","properties":{)"
      R"("step":{"type":"integer"},"text":{"type":"string"},"holds":{"type":"boolean"},"code":{"type":"string"},"unmet":{"type":"array","items":{"type":"object"}},"because":{"type":"string"}}}},)";
  out.append(inputs_schema).append("}}");
}

}  // namespace gatehouse::api
