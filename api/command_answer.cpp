#include "api/command_answer.hpp"

#include "api/etag.hpp"
#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse::api {
namespace {

void append_result(std::string& out, const CommandResult& result) {
  ObjectWriter object(out);
  for (const auto& [name, value] : result) {
    std::visit([&](const auto& held) { object.member(name, held); }, value);
  }
}

void append_answer(std::string& body, const Committed& committed, const CommandAnswerForm& form,
                   const PersonalReader* reader) {
  ObjectWriter object(body);
  object.member("position", committed.position).member("account_version", committed.account_version);
  {
    ArrayWriter events(object.key("events"));
    for (const auto& event : committed.events)
      append_event(events.next(), opened(reader, event));
  }
  if (form.is_batch) {
    ArrayWriter results(object.key("results"));
    for (const auto& result : committed.results)
      append_result(results.next(), result);
  } else {
    append_result(object.key("result"), committed.results.empty() ? CommandResult() : committed.results.front());
  }
  if (form.dry_run)
    object.member("dry_run", true);
}

}  // namespace

http::Response to_response(const Committed& committed, const CommandAnswerForm& form, const PersonalReader* reader) {
  http::Response response{.status = 200, .content_type = "application/json"};
  std::string body;
  append_answer(body, committed, form, reader);
  response.body = std::move(body);
  const auto position = std::to_string(committed.position.value);
  response.headers.push_back({"Gatehouse-Position", position});
  response.headers.push_back({"Cache-Control", "no-store"});
  if (form.dry_run)
    return response;
  response.headers.push_back({"X-Event-Position", position});
  response.headers.push_back({"ETag", version_tag(committed.account_version)});
  if (committed.replayed)
    response.headers.push_back({"Idempotency-Replayed", "true"});
  return response;
}

}  // namespace gatehouse::api
