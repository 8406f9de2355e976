#include "api/route_parameters.hpp"

#include <algorithm>

#include "api/exchange.hpp"
#include "api/page.hpp"

namespace gatehouse::api {
namespace {

const std::vector<ParameterSpec>& list_parameters() {
  static const std::vector<ParameterSpec> specs{
      {.name = "page_size",
       .type = ParameterType::number,
       .meaning = "How many items at most: 1 to 300, 30 unless said otherwise.",
       .min = 1,
       .max = page_size_max},
      {.name = "next_page_token", .type = ParameterType::token, .meaning = "The next_page_token of the page before."},
  };
  return specs;
}

const std::vector<ParameterSpec>& query_parameters() {
  static const std::vector<ParameterSpec> specs{
      {.name = "consistency",
       .type = ParameterType::choice,
       .meaning =
           "linearizable (unless said otherwise): includes every command acknowledged before. eventual: never waits.",
       .choices = {"linearizable", "eventual"}},
      {.name = "min_position",
       .type = ParameterType::number,
       .meaning = "Waits until the answer includes the event at this position, which a command's answer gave."},
  };
  return specs;
}

const ParameterSpec& past_parameter() {
  static const ParameterSpec spec{
      .name = "as_of",
      .type = ParameterType::moment,
      .meaning =
          "Answers as it would have been answered after the event at this position, or at this time; who may ask "
          "is decided by what the caller is now."};
  return spec;
}

std::string page_query(const Exchange& exchange, const Parameters& parameters) {
  auto pairs = parameters.pairs();
  std::erase_if(pairs, [](const auto& pair) {
    return pair.first == "page_size" || pair.first == "next_page_token" || pair.first == "consistency" ||
           pair.first == "min_position";
  });
  std::ranges::sort(pairs);
  std::string query(exchange.request().path());
  query.append("\n").append(exchange.entry().claims->subject);
  if (exchange.entry().account)  // which not every path names
    query.append("\n").append(exchange.entry().account->id().value);
  for (const auto& [name, value] : pairs)
    query.append("\n").append(name).append("=").append(value);
  return query;
}

}  // namespace

bool takes_as_of(const Route& route) {
  return std::holds_alternative<Query>(route.endpoint) && route.answers_past && route.dialect == Dialect::gatehouse;
}

bool has_etag(const Route& route) {
  const bool is_query = std::holds_alternative<Query>(route.endpoint);
  return route.is_tagged || (is_query && route.method == "GET");
}

std::vector<const ParameterSpec*> parameters_of(const Route& route) {
  std::vector<const ParameterSpec*> specs;
  for (const auto& spec : route.parameters)
    specs.push_back(&spec);
  if (route.answers == Route::Answers::list) {
    for (const auto& spec : list_parameters())
      specs.push_back(&spec);
  }
  if (std::holds_alternative<Query>(route.endpoint)) {
    for (const auto& spec : query_parameters())
      specs.push_back(&spec);
    if (takes_as_of(route))
      specs.push_back(&past_parameter());
  }
  return specs;
}

tl::expected<Parameters, Problem> check_parameters(const Entry& entry) {
  const auto known = parameters_of(*entry.route);
  auto sent = entry.parameters;
  // Other people's APIs leave alone what they do not know. A question about the past that is answered with the present would be believed, though.
  if (entry.route->dialect != Dialect::gatehouse) {
    if (std::ranges::find(sent, past_parameter().name, [](const auto& pair) { return pair.first; }) != sent.end())
      return tl::unexpected(invalid_parameter(
          past_parameter().name, "The path answers about the present; below /v1, and in the context of an AuthZEN "
                                 "question, as_of asks about the past."));
    std::erase_if(sent, [&](const auto& pair) {
      return std::ranges::find(known, pair.first, &ParameterSpec::name) == known.end();
    });
  }
  return Parameters::check(std::move(sent), known);
}

tl::expected<Page, Problem> page_asked(const Exchange& exchange, const Parameters& parameters, const PageTokens& tokens,
                                       Timestamp now) {
  for (const std::string_view name : {"page_size", "next_page_token"}) {
    if (exchange.entry().stream && parameters.text(name))
      return tl::unexpected(invalid_parameter(name, "A list that is followed has no pages."));
  }
  Page page{.size = parameters.number("page_size").value_or(page_size_default),
            .tokens = &tokens,
            .query = page_query(exchange, parameters),
            .now = now};
  const auto token = parameters.text("next_page_token").value_or("");
  if (token.empty())
    return page;
  page.after = tokens.open(page.query, token, now);
  if (!page.after)
    return tl::unexpected(make_problem("invalid_page_token",
                                       "next_page_token is not one that this query gave within the last 15 minutes."));
  return page;
}

}  // namespace gatehouse::api
