#include "fuzz/command_doors.hpp"

#include <boost/json/value.hpp>

#include "api/command_answer.hpp"
#include "api/command_door.hpp"
#include "api/command_problem.hpp"
#include "api/event_json.hpp"
#include "api/json/strict_parse.hpp"
#include "api/manifest_reader.hpp"
#include "api/problem_kinds.hpp"
#include "domain/state.hpp"
#include "fuzz/reencoding.hpp"
#include "sealing/sealed_events.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::fuzz {

namespace {

MemoryEventLog& founded(MemoryEventLog& log, SubjectKeys& keys) {
  found_company(log, keys);
  return log;
}

const std::string& text_of(const http::Response& response) { return std::get<std::string>(response.body); }

bool has_double(const boost::json::value& value) {
  if (const auto* list = value.if_array())
    return std::ranges::any_of(*list, has_double);
  if (const auto* object = value.if_object()) {
    return std::ranges::any_of(*object, [](const auto& member) { return has_double(member.value()); });
  }
  return value.is_double();
}

// What we send we would take ourselves.
boost::json::value read_answer(const http::Response& response) {
  const auto& text = text_of(response);
  if (text.size() > api::json_bytes_max)
    return {};
  auto value = api::parse_strictly(text);
  GATEHOUSE_ASSERT(value.has_value() && !has_double(*value));
  return std::move(*value);
}

void check_problem(api::Problem problem) {
  const auto* kind = api::find_problem_kind(problem.code);
  GATEHOUSE_ASSERT(kind != nullptr && kind->status >= 400 && kind->status < 500);
  const auto response = api::to_response(std::move(problem), "/v1/accounts/acme/commands");
  const auto answer = read_answer(response);
  if (answer.is_object())
    GATEHOUSE_ASSERT(answer.get_object().at("code").get_string() == kind->code);
  GATEHOUSE_ASSERT(response.status >= 400 && response.status < 500);
}

std::string answer_of(const Committed& committed, const api::CommandAnswerForm& form, const PersonalReader& reader) {
  const auto response = api::to_response(committed, form, &reader);
  GATEHOUSE_ASSERT(response.status == 200);
  (void)read_answer(response);
  return text_of(response);
}

std::string data_of(const Committed& committed) {
  std::string data;
  for (const auto& event : committed.events)
    api::append_event_data(data, *event.known());
  return data;
}

std::string json_of(const RecordedEvent& event, const PersonalReader& reader) {
  std::string text;
  api::append_event(text, opened(&reader, event));
  return text;
}

}  // namespace

CommandDoors::CommandDoors() : log_(founded(company_, *keys_)), read_manifest_(api::make_manifest_reader(company_)) {}

CommandDoors::Tried CommandDoors::take(std::string_view body) {
  const auto batch = api::read_commands(body, read_manifest_);
  if (!batch) {
    check_problem(api::to_problem(batch.error()));
    return {};
  }
  Tried tried{.readable = true};
  for (const auto& visitor : visitors) {
    if (const auto wrong = api::check_door(*batch, visitor.door == catalogue_stream)) {
      check_problem(api::to_problem(*wrong));
    } else if (const auto events = try_as(visitor, *batch)) {
      tried.accepted_from.push_back(visitor.name);
      tried.events += *events;
    }
    log_.clear();
  }
  return tried;
}

// Each time from the same seed, so that a rehearsal makes the same ids.
Outcome CommandDoors::run(const Submission& submission) {
  SeededIds ids(2);
  CommandService service(log_, ids, confirmation_, [] { return Timestamp{today.unix_ms + 1}; }, {.keys = keys_.get()});
  return std::move(service.run_group({submission}).at(0));
}

std::optional<std::size_t> CommandDoors::try_as(const Visitor& visitor, const api::CommandBatch& batch) {
  Submission submission{.account_id = visitor.door,
                        .caller = visitor.caller,
                        .commands = batch.commands,
                        .command_key = Uuid{{1}},
                        .request_digest = {},
                        .if_match = {},
                        .dry_run = true,
                        .correlation_id = {}};
  const auto rehearsed = run(submission);
  GATEHOUSE_ASSERT(log_.added().empty() && log_.changes().empty());
  if (const auto* refused = std::get_if<Refused>(&rehearsed)) {
    check_problem(
        api::to_problem(refused->rejection, batch.is_batch ? std::optional(refused->command_index) : std::nullopt));
    return std::nullopt;
  }
  const auto& promised = std::get<Committed>(rehearsed);
  (void)answer_of(promised, {batch.is_batch, true}, *keys_);

  submission.dry_run = false;
  const auto outcome = run(submission);
  const auto& committed = std::get<Committed>(outcome);
  GATEHOUSE_ASSERT(committed.account_version == promised.account_version && committed.results == promised.results);
  GATEHOUSE_ASSERT(data_of(committed) == data_of(promised));
  check_log(committed);
  check_rows();

  const auto head = log_.head();
  const auto again = std::get<Committed>(run(submission));
  GATEHOUSE_ASSERT(again.replayed && again.position == committed.position && log_.head() == head);
  GATEHOUSE_ASSERT(answer_of(again, {batch.is_batch, false}, *keys_) ==
                   answer_of(committed, {batch.is_batch, false}, *keys_));
  return committed.events.size();
}

// The answer tells what is stored, and what is stored folds to the rows that the decision left behind.
void CommandDoors::check_log(const Committed& committed) const {
  GATEHOUSE_ASSERT(committed.events.size() == log_.added().size());
  const auto before = company_.state();
  auto rows = OverlayTable::on(*before);
  for (std::size_t index = 0; index < committed.events.size(); ++index) {
    const auto& frame = log_.added()[index].frame;
    check_reencoding(frame);
    const auto stored = decode_frame(frame);
    GATEHOUSE_ASSERT(stored && stored->known() != nullptr);
    GATEHOUSE_ASSERT(json_of(*stored, *keys_) == json_of(committed.events[index], *keys_));
    const auto& envelope = stored->envelope;
    evolve(rows,
           {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, envelope.event_id},
           *stored->known());
  }
  GATEHOUSE_ASSERT(rows.changes() == log_.changes());
}

void CommandDoors::check_rows() const {
  const auto rows = log_.state();
  GATEHOUSE_ASSERT(test::audit(State(*rows, acme)).empty());
}

}  // namespace gatehouse::fuzz
