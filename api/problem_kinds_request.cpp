#include <array>

#include "api/problem_kinds.hpp"

namespace gatehouse::api::detail {
namespace {

// What is wrong with a request as such, who sends it, and what keeps the server from answering now.
constexpr std::array kinds{
    ProblemKind{
        "malformed_json", 400, "The body is not valid JSON",
        "The body must be one JSON object in UTF-8, nested at most 16 levels deep, without the same member twice in "
        "one object.",
        "The detail says at which byte the text goes wrong."},
    ProblemKind{"unknown_field", 400, "The body has an unknown member",
                "A member that the command does not know is an error, because it may be a misspelt one that matters.",
                "errors names each place as a JSON pointer. The members of each command stand in /docs."},
    ProblemKind{"invalid_field", 400, "A member of the body is not valid",
                "A member is missing, has the wrong type, is too long, or contradicts another.",
                "errors names each place as a JSON pointer and says what is expected there."},
    ProblemKind{
        "unknown_command", 400, "There is no such command",
        "The member type does not name a command that this path takes.",
        "The commands stand in /docs. Accounts and the catalogue have a path of their own, /v1/platform/commands."},
    ProblemKind{"unknown_parameter", 400, "There is an unknown query parameter",
                "A query parameter that the path does not know is an error, because it may be a misspelt filter.",
                "The parameters of each path stand in /docs."},
    ProblemKind{"invalid_parameter", 400, "A query parameter is not valid",
                "A query parameter has a value that it cannot have, or stands there twice.",
                "errors names the parameter and says what is expected."},
    ProblemKind{
        "as_of_in_future", 400, "That is still to come",
        "as_of is a position that the log has not reached, or a time that is not over: the answer would change.",
        "Gatehouse-Position of any answer is a position that exists. Leave as_of out to see the present."},
    ProblemKind{
        "invalid_page_token", 400, "The page token is not valid",
        "next_page_token must be one that this very query gave, unchanged, with the same parameters; it ends after "
        "15 minutes.",
        "Begin again without it."},
    ProblemKind{
        "invalid_idempotency_key", 400, "The Idempotency-Key is not valid",
        "The key must be 1 to 255 printable ASCII characters, plain or as a quoted string, and stand there once.",
        "Use a UUID."},
    ProblemKind{"invalid_precondition", 400, "The condition is not valid",
                "If-Match takes entity tags such as \"v17\", quotes included, or *. If-None-Match takes * alone, with "
                "commands that make something.",
                "Send back the ETag of what you have read, unchanged."},
    ProblemKind{"authentication_required", 401, "A token is needed",
                "The path needs a bearer token and the request has none.",
                "Send Authorization: Bearer <token>. For a first token: gatehouse token."},
    ProblemKind{
        "invalid_token", 401, "The token is not valid",
        "The token is malformed, expired, not yet valid, meant for another audience, or not signed by a key that the "
        "server trusts.",
        "Get a fresh token from the issuer."},
    ProblemKind{"not_found", 404, "There is nothing here", "No such path.", "All paths stand in /docs."},
    ProblemKind{"event_not_found", 404, "There is no such event", "The account has no event at this position.",
                "List the account's events."},
    ProblemKind{
        "position_beyond_end", 409, "The position is beyond the end of the history",
        "after, or Last-Event-ID, names a position that the history does not have, or that no signed export of it "
        "covers yet; end is the last one.",
        "Go on from end, or before it. A position that this log told before is never beyond its end: if it is, "
        "the log was restored from an older backup and has lost events, or it is another log. Tell the operator, "
        "and compare what you have with what it has."},
    ProblemKind{"subscription_not_found", 404, "There is no such subscription", "The account has no such subscription.",
                "List the account's subscriptions."},
    ProblemKind{"projection_not_found", 404, "There is no such projection", "No projection has this name.",
                "GET /v1/ops/projections lists them."},
    ProblemKind{"problem_not_found", 404, "There is no such problem", "No answer carries this code.",
                "/docs/problems lists them all."},
    ProblemKind{"not_acceptable", 406, "The answer has no acceptable form",
                "The Accept header excludes the form that this path answers in.", "Accept application/json, or */*."},
    ProblemKind{"unsupported_media_type", 415, "The body's media type is not supported", "Commands are taken as JSON.",
                "Send Content-Type: application/json."},
    ProblemKind{"idempotency_key_reused", 422, "The Idempotency-Key belongs to another request",
                "The same key was sent before with another body. Keys are kept for two days.",
                "Use a new key for a new command, and the same key only to repeat the very same one."},
    ProblemKind{
        "busy", 503, "The server is busy",
        "The queue of commands is full, or as many long questions are being answered as may be. Nothing has run.",
        "Try again after the seconds that Retry-After names."},
    ProblemKind{"stopping", 503, "The server is stopping", "The server takes no new work. Nothing has run.",
                "Try again after the seconds that Retry-After names."},
    ProblemKind{"read_only", 503, "The server takes no commands now",
                "The log can be read but not appended to. The command has not run. Queries go on.",
                "Tell the operator; the reason is in /readyz. Try again later."},
    ProblemKind{
        "disk_full", 503, "The disk is full",
        "The server keeps a reserve and stops taking commands before the disk is full. The command has not run.",
        "Once the operator has made room the server goes on by itself. Try again later."},
    ProblemKind{"contended", 503, "The account changed too often",
                "The account changed under the command again and again. The command has not run.", "Try again."},
    ProblemKind{
        "outcome_unknown", 503, "The outcome is not known",
        "The command may or may not have run: the disk failed while it was being written. The server stops and finds "
        "out when it starts.",
        "Repeat the command with the same Idempotency-Key: it runs at most once, and you get its outcome."},
    ProblemKind{"projection_behind", 503, "The read model is behind",
                "The read model did not reach the position that the answer needs within five seconds.",
                "Try again after the seconds that Retry-After names, or read with ?consistency=eventual."},
    ProblemKind{
        "events_parked", 503, "The read model lacks an event of this account",
        "The read model could not take one of the account's events, and holds back what followed it. The operator "
        "sees which, and why. Nothing is lost: the log has it.",
        "Tell the operator, or read with ?consistency=eventual what the read model had taken before."},
    ProblemKind{"rebuild_running", 409, "Read models are being made anew", "One rebuild runs at a time.",
                "Wait until it has ended, or cancel it."},
    ProblemKind{"no_rebuild", 409, "The read model is not being made anew",
                "No rebuild that it is part of is under way.",
                "GET /v1/ops/projections shows what came of the last one."},
    ProblemKind{"scrub_running", 409, "What is stored is being read", "One scrub runs at a time.",
                "GET /v1/ops/scrub shows how far it is."},
    ProblemKind{"nothing_kept", 409, "There are no former rows",
                "No rebuild has replaced the read model's rows, or those that it replaced were retired.",
                "Rebuild the read model: that makes its rows anew from the log."},
    ProblemKind{"nothing_parked", 409, "The event is not parked",
                "The read model has parked nothing of this stream, or another event of it.",
                "GET /v1/ops/projections/{name}/parked lists what is."},
    ProblemKind{"checkpoint_behind", 503, "The log's signed checkpoint is behind",
                "No checkpoint that covers what is asked for was published within five seconds: the log was just "
                "started, or witnesses did not cosign.",
                "Try again after the seconds that Retry-After names, or take what the published checkpoint covers: an "
                "export or a completeness proof with ?consistency=eventual."},
};

}  // namespace

std::span<const ProblemKind> request_problems() { return kinds; }

}  // namespace gatehouse::api::detail
