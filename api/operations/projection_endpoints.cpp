#include "api/operations/projection_endpoints.hpp"

#include <algorithm>

#include "api/operations/projection_json.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

std::string name_in(const Exchange& exchange) { return std::string(exchange.entry().path.at("name")); }

// What is wrong with the request itself, if anything is.
std::optional<Problem> trouble_with(const Services& services, const Exchange& exchange) {
  if (const auto parameters = check_parameters(exchange.entry()); !parameters)
    return parameters.error();
  const auto statuses = services.projections.statuses();
  if (std::ranges::find(statuses, name_in(exchange), &ProjectionStatus::name) == statuses.end())
    return to_problem(Rebuilder::Refusal::unknown_projection);
  return std::nullopt;
}

// What takes no time.
using Step = Rebuilder::Outcome (Rebuilder::*)(std::string_view name);
void take(Step step, const Services& services, const ExchangePointer& exchange) {
  if (auto trouble = trouble_with(services, *exchange))
    return exchange->refuse(std::move(*trouble));
  if (const auto taken = (services.projections.rebuilder().*step)(name_in(*exchange)); !taken)
    return exchange->refuse(to_problem(taken.error()));
  answer_with_status(services, *exchange, 202);
}

// What is answered when a follower has done it.
using Change = Rebuilder::Outcome (Rebuilder::*)(std::string_view name, Rebuilder::Done done);
void change(Change change, const Services& services, const ExchangePointer& exchange) {
  if (auto trouble = trouble_with(services, *exchange))
    return exchange->refuse(std::move(*trouble));
  const auto done = [&services, exchange](tl::expected<void, std::string> outcome) {
    if (!outcome)
      return exchange->refuse(make_problem("projection_behind", "The rows cannot take over: " + outcome.error() + "."));
    answer_with_status(services, *exchange, 200);
  };
  if (const auto taken = (services.projections.rebuilder().*change)(name_in(*exchange), done); !taken)
    exchange->refuse(to_problem(taken.error()));
}

void answer_with_all(const Services& services, Exchange& exchange, unsigned status) {
  std::string body = R"({"items":)";
  {
    ArrayWriter items(body);
    for (const auto& one : services.projections.statuses())
      append_status(items.next(), one);
  }
  body.append(R"(,"next_page_token":""})");
  exchange.answer(operations_answer(services, status, std::move(body)));
}

}  // namespace

void list_projections(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  answer_with_all(services, *exchange, 200);
}

void show_projection(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  answer_with_status(services, *exchange, 200);
}

void rebuild_projection(const Services& services, ExchangePointer exchange) {
  const auto parameters = check_parameters(exchange->entry());
  if (!parameters)
    return exchange->refuse(parameters.error());
  const auto begun = services.projections.rebuilder().begin({name_in(*exchange)}, !parameters->flag("compare_only"));
  if (!begun)
    return exchange->refuse(to_problem(begun.error()));
  answer_with_status(services, *exchange, 202);
}

void rebuild_all_projections(const Services& services, ExchangePointer exchange) {
  const auto parameters = check_parameters(exchange->entry());
  if (!parameters)
    return exchange->refuse(parameters.error());
  if (const auto begun = services.projections.rebuilder().begin({}, !parameters->flag("compare_only")); !begun)
    return exchange->refuse(to_problem(begun.error()));
  answer_with_all(services, *exchange, 202);
}

void pause_rebuild(const Services& services, ExchangePointer exchange) { take(&Rebuilder::pause, services, exchange); }
void resume_rebuild(const Services& services, ExchangePointer exchange) {
  take(&Rebuilder::resume, services, exchange);
}
void cancel_rebuild(const Services& services, ExchangePointer exchange) {
  take(&Rebuilder::cancel, services, exchange);
}
void cancel_all_rebuilds(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  if (const auto cancelled = services.projections.rebuilder().cancel_all(); !cancelled)
    return exchange->refuse(to_problem(cancelled.error()));
  answer_with_all(services, *exchange, 202);
}
void roll_back_projection(const Services& services, ExchangePointer exchange) {
  change(&Rebuilder::roll_back, services, exchange);
}
void retire_kept_rows(const Services& services, ExchangePointer exchange) {
  change(&Rebuilder::retire, services, exchange);
}

}  // namespace gatehouse::api
