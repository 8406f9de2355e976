#include "api/command_endpoint.hpp"

#include <algorithm>
#include <array>

#include "api/command_answer.hpp"
#include "api/command_door.hpp"
#include "api/command_json.hpp"
#include "api/command_problem.hpp"
#include "api/etag.hpp"
#include "api/idempotency_key.hpp"
#include "api/media_type.hpp"
#include "api/route.hpp"
#include "api/route_parameters.hpp"
#include "api/submissions.hpp"
#include "domain/target_version.hpp"
#include "domain/webhooks.hpp"
#include "identity/digest.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse::api {
namespace {

struct Intent {
  Submission submission;
  CommandAnswerForm form;
};

using IntentResult = tl::expected<Intent, Problem>;

// With its length, so that no other parts give the same text.
std::string part(std::string_view text) { return std::to_string(text.size()) + ":" + std::string(text); }

Uuid uuid_of(std::string_view command) {
  const auto digest = identity::sha256(command);
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  return uuid;
}

// A key is its client's: two that act for the same member know nothing of each other's (draft-ietf-httpapi-idempotency-key-header, 2.2).
void take_key(const std::string& key, std::string_view client, Submission& submission) {
  const auto& caller = submission.caller;
  const auto account_part = part(submission.account_id.value);
  const auto caller_part = part(caller.id);
  const auto kind = std::to_string(static_cast<unsigned>(caller.type));
  submission.command_key = uuid_of("idempotency of client:" + part(client) + kind + account_part + caller_part + key);
  submission.former_command_key = uuid_of("idempotency:" + account_part + caller_part + key);
}

// The headers that say how the command is to be run.
std::optional<Problem> read_headers(const http::Headers& headers, std::string_view client, Submission& submission) {
  if (const auto field = headers.find("Idempotency-Key")) {
    const auto key = parse_idempotency_key(*field);
    if (!key || headers.count("Idempotency-Key") > 1) {
      return make_problem("invalid_idempotency_key",
                          "Idempotency-Key must be one text of 1 to 255 printable ASCII characters.");
    }
    take_key(*key, client, submission);
  }
  if (const auto field = headers.list("If-Match")) {
    auto versions = parse_if_match(*field);
    if (!versions)
      return versions.error();
    submission.if_match = std::move(*versions);
  }
  if (const auto field = headers.find("If-None-Match")) {
    if (!asks_for_none(*field) || headers.count("If-None-Match") > 1)
      return make_problem("invalid_precondition", "If-None-Match of a command takes * alone.");
    submission.must_be_new = true;
  }
  return std::nullopt;
}

// Of what changes something that is there, nobody can ask that it is not.
std::optional<Problem> check_what_must_be_new(const Submission& submission) {
  const auto changes = std::ranges::find_if_not(submission.commands, makes_what_it_names);
  if (!submission.must_be_new || changes == submission.commands.end())
    return std::nullopt;
  return make_problem(
      "invalid_precondition",
      "If-None-Match: * is for commands that make an account, an app, a member, a role or a group, which " +
          std::string(name_of(*changes)) + " does not.");
}

// Kept with the command's record, so it must not be a hash by which a name that the body has could be guessed: it is keyed where texts about
// persons are sealed. No account has this name.
Digest digest_of(const Services& services, const http::Request& request) {
  const auto told = std::string(request.path()) + "\n" + request.body;
  static const AccountId no_account{"request digest"};
  return identity::sha256(services.keys != nullptr ? services.keys->lookup_bytes(no_account, told) : told);
}

IntentResult read_intent(const Services& services, const Exchange& exchange) {
  const auto& entry = exchange.entry();
  const auto& request = exchange.request();
  const auto caller = caller_of(services, entry);
  if (!caller)
    return tl::unexpected(caller.error());
  const auto parameters = check_parameters(entry);
  if (!parameters)
    return tl::unexpected(parameters.error());
  const auto content_type = request.headers.find("Content-Type");
  if (!content_type || !is_json(*content_type)) {
    return tl::unexpected(make_problem("unsupported_media_type", "The Content-Type must be application/json."));
  }
  Intent intent;
  intent.submission.account_id = entry.account->id();
  intent.submission.caller = *caller;
  if (auto problem = read_headers(request.headers, entry.claims->client_id, intent.submission))
    return tl::unexpected(std::move(*problem));
  auto batch = read_commands(request.body, services.read_manifest);
  if (!batch)
    return tl::unexpected(to_problem(batch.error()));
  if (const auto wrong = check_door(*batch, entry.route->who == Who::platform))
    return tl::unexpected(to_problem(*wrong));

  intent.form = {.is_batch = batch->is_batch, .dry_run = parameters->flag("dry_run")};
  auto& submission = intent.submission;
  submission.commands = std::move(batch->commands);
  if (auto problem = check_what_must_be_new(submission))
    return tl::unexpected(std::move(*problem));
  submission.request_digest = digest_of(services, request);
  submission.dry_run = intent.form.dry_run;
  if (submission.dry_run)
    submission.command_key.reset();  // nothing is kept of it
  submission.correlation_id = correlation_of(exchange);
  return intent;
}

// What a projection alone knows: whether a message that is to be sent again is there.
std::optional<Problem> check_resent_messages(const Services& services, const Submission& submission) {
  for (const auto& command : submission.commands) {
    const auto* resend = std::get_if<ResendWebhook>(&command);
    if (resend == nullptr)
      continue;
    const auto view = services.projections.view(webhooks_projection);
    const auto state = services.log.state();
    const bool is_endpoint = find_endpoint(State(*state, submission.account_id), resend->endpoint_id).has_value();
    if (is_endpoint && (!view || !find_delivery(*view->rows, resend->endpoint_id, resend->message_id)))
      return make_problem("webhook_message_not_found", "The endpoint's log of deliveries has no such message.");
  }
  return std::nullopt;
}

void answer(const Services& services, Exchange& exchange, const Outcome& outcome, const CommandAnswerForm& form) {
  if (const auto* committed = std::get_if<Committed>(&outcome))
    return exchange.answer(to_response(*committed, form, services.keys));
  Problem problem;
  if (const auto* refused = std::get_if<Refused>(&outcome)) {
    problem = to_problem(refused->rejection, form.is_batch ? std::optional(refused->command_index) : std::nullopt);
  } else {
    problem = to_problem(std::get<Failed>(outcome));
  }
  exchange.refuse(std::move(problem));
}

}  // namespace

void run_commands(const Services& services, ExchangePointer exchange) {
  auto intent = read_intent(services, *exchange);
  if (!intent)
    return exchange->refuse(std::move(intent.error()));
  if (auto problem = check_resent_messages(services, intent->submission))
    return exchange->refuse(std::move(*problem));
  // The commit thread must go on to the next group: another thread writes the answer.
  auto done = [&services, exchange, form = intent->form, began = std::chrono::steady_clock::now()](Outcome outcome) {
    auto shared = std::make_shared<Outcome>(std::move(outcome));
    services.workers.post([&services, exchange, form, shared, began] {
      answer(services, *exchange, *shared, form);
      services.projections.rebuilder().governor().command_answered(std::chrono::steady_clock::now() - began);
    });
  };
  services.commands.submit(std::move(intent->submission), std::move(done));
}

}  // namespace gatehouse::api
