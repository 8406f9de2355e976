#include "api/operations/projection_endpoints.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "api/json/described_writer.hpp"
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

std::string to_list(const std::vector<ProjectionStatus>& statuses, const Page& page) {
  auto next = statuses.begin();
  if (page.after) {
    next = std::ranges::find(statuses, *page.after, &ProjectionStatus::name);
    next += next == statuses.end() ? 0 : 1;
  }
  const auto end = next + std::min<std::ptrdiff_t>(statuses.end() - next, static_cast<std::ptrdiff_t>(page.size));
  std::string body;
  {
    ObjectWriter object(body);
    {
      ArrayWriter items(object.key("items"));
      for (const auto& one : std::ranges::subrange(next, end))
        append_status(items.next(), one);
    }
    object.member("next_page_token", end == statuses.end() ? std::string() : page.next_token(std::prev(end)->name));
  }
  return body;
}

}  // namespace

void list_projections(const Services& services, ExchangePointer exchange) {
  const auto parameters = check_parameters(exchange->entry());
  if (!parameters)
    return exchange->refuse(parameters.error());
  const auto page = page_asked(*exchange, *parameters, services.page_tokens, services.clock());
  if (!page)
    return exchange->refuse(page.error());
  exchange->answer(tagged_answer(services, *exchange, to_list(services.projections.statuses(), *page)));
}

void show_projection(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  auto body = status_of_named(services, *exchange);
  if (!body)
    return exchange->refuse(to_problem(Rebuilder::Refusal::unknown_projection));
  exchange->answer(tagged_answer(services, *exchange, std::move(*body)));
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
  const auto statuses = services.projections.statuses();
  exchange->answer(operations_answer(services, 202, to_list(statuses, {.size = statuses.size()})));
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
  const auto statuses = services.projections.statuses();
  exchange->answer(operations_answer(services, 202, to_list(statuses, {.size = statuses.size()})));
}
void roll_back_projection(const Services& services, ExchangePointer exchange) {
  change(&Rebuilder::roll_back, services, exchange);
}
void retire_kept_rows(const Services& services, ExchangePointer exchange) {
  change(&Rebuilder::retire, services, exchange);
}

}  // namespace gatehouse::api
