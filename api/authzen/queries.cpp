#include "api/authzen/queries.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "api/authzen/assumed_state.hpp"
#include "api/authzen/question.hpp"
#include "api/authzen/refusals.hpp"
#include "api/json/described_writer.hpp"

namespace gatehouse::api::authzen {

namespace {

void append_verdict(std::string& out, const Verdict& verdict) {
  ObjectWriter object(out);
  object.member("decision", verdict.decision);
  if (!verdict.context.empty())
    object.key("context").append(verdict.context);
}

std::string error_context(const Problem& problem) {
  std::string context;
  {
    ObjectWriter object(context);
    ObjectWriter(object.key("error"))
        .member("status", std::uint64_t{status_of(problem)})
        .member("message", problem.detail);
  }
  return context;
}

Read<Verdict> evaluate_as_assumed(const QueryContext& context, const Question& question) {
  const auto assumed = assume(context, question);
  if (!assumed)
    return tl::unexpected(assumed.error());
  return context.policy.evaluate(*assumed ? (*assumed)->context() : context, question);
}

QueryResult answer_one(const QueryContext& context, const boost::json::object& body) {
  const auto question = read_question(body, Sought::nothing);
  if (!question)
    return tl::unexpected(question.error());
  if (auto refusal = context.policy.refuse_caller(context, *question, false))
    return tl::unexpected(std::move(*refusal));
  const auto verdict = evaluate_as_assumed(context, *question);
  if (!verdict)
    return tl::unexpected(verdict.error());
  QueryAnswer answer;
  append_verdict(answer.body, *verdict);
  return answer;
}

// What stands alone is judged alone: an item that cannot be read, or that the caller may not ask, is denied.
Verdict judge(const QueryContext& context, const Read<Question>& question) {
  if (!question)
    return {false, error_context(question.error())};
  if (const auto refusal = context.policy.refuse_caller(context, *question, false))
    return {false, error_context(*refusal)};
  auto verdict = evaluate_as_assumed(context, *question);
  return verdict ? std::move(*verdict) : Verdict{false, error_context(verdict.error())};
}

bool is_last(Semantic semantic, bool decision) {
  return (semantic == Semantic::deny_on_first_deny && !decision) ||
         (semantic == Semantic::permit_on_first_permit && decision);
}

void append_all(std::string& out, const QueryContext& context, const Batch& batch) {
  ObjectWriter object(out);
  ArrayWriter evaluations(object.key("evaluations"));
  for (const auto& question : batch.questions) {
    const auto verdict = judge(context, question);
    append_verdict(evaluations.next(), verdict);
    if (is_last(batch.semantic, verdict.decision))
      return;
  }
}

// A token leads on in the search that gave it, for the caller that it was given to. What the search ignores, as the id of what it looks for, may differ from page to page.
Page page_of(const QueryContext& context, const Question& question, const PageAsked& asked) {
  const auto& [subject, action, resource, circumstances] = question;
  auto page = context.page;
  page.query.append("\n").append(boost::json::serialize(
      boost::json::array{subject.type, subject.id, subject.properties, action.name, action.properties, resource.type,
                         resource.id, resource.properties, circumstances}));
  page.size = asked.limit.value_or(page_size_default);
  return page;
}

using Search = Found (Policy::*)(const QueryContext&, const Question&, const SearchRange&) const;

// `type` is what the found have in common; empty for actions, which have a name alone.
void append_found(std::string& out, const Found& found, std::string_view type, const std::string& token) {
  ObjectWriter object(out);
  {
    ArrayWriter results(object.key("results"));
    for (const auto& name : found.names) {
      ObjectWriter entry(results.next());
      if (type.empty())
        entry.member("name", name);
      else
        entry.member("type", type).member("id", name);
    }
  }
  ObjectWriter(object.key("page")).member("next_token", token).member("count", std::uint64_t{found.names.size()});
}

QueryResult search(const QueryContext& context, Sought sought, Search policy_search) {
  const auto body = read_body(context.content_type, context.body);
  if (!body)
    return tl::unexpected(body.error());
  const auto question = read_question(*body, sought);
  if (!question)
    return tl::unexpected(question.error());
  const auto asked = read_page(*body);
  if (!asked)
    return tl::unexpected(asked.error());
  const auto page = page_of(context, *question, *asked);
  const auto after =
      asked->token.empty() ? std::optional(std::string()) : page.tokens->open(page.query, asked->token, page.now);
  if (!after)
    return tl::unexpected(
        make_problem("invalid_page_token", "page.token is not one that this search gave within the last 15 minutes."));
  if (auto refusal = context.policy.refuse_caller(context, *question, sought == Sought::subjects))
    return tl::unexpected(std::move(*refusal));
  const auto assumed = assume(context, *question);
  if (!assumed)
    return tl::unexpected(assumed.error());
  const auto found = (context.policy.*policy_search)(*assumed ? (*assumed)->context() : context, *question,
                                                     {.after = *after, .limit = page.size});
  const std::string_view type = sought == Sought::subjects    ? question->subject.type
                                : sought == Sought::resources ? question->resource.type
                                                              : std::string_view();
  QueryAnswer answer;
  append_found(answer.body, found, type, found.next.empty() ? std::string() : page.next_token(found.next));
  return answer;
}

}  // namespace

QueryResult evaluate(const QueryContext& context) {
  const auto body = read_body(context.content_type, context.body);
  if (!body)
    return tl::unexpected(body.error());
  return answer_one(context, *body);
}

QueryResult evaluate_batch(const QueryContext& context) {
  const auto body = read_body(context.content_type, context.body);
  if (!body)
    return tl::unexpected(body.error());
  const auto batch = read_batch(*body);
  if (!batch)
    return tl::unexpected(batch.error());
  if (!*batch)
    return answer_one(context, *body);
  QueryAnswer answer;
  append_all(answer.body, context, **batch);
  return answer;
}

QueryResult search_subjects(const QueryContext& context) {
  return search(context, Sought::subjects, &Policy::subjects);
}
QueryResult search_resources(const QueryContext& context) {
  return search(context, Sought::resources, &Policy::resources);
}
QueryResult search_actions(const QueryContext& context) { return search(context, Sought::actions, &Policy::actions); }

}  // namespace gatehouse::api::authzen
