#include "api/transparency/log_endpoints.hpp"

#include <chrono>

#include "api/route_parameters.hpp"
#include "tlog/tile_path.hpp"

namespace gatehouse::api {

namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";  // what it says never changes
constexpr std::string_view for_now = "public, max-age=1";

http::Response response(std::string body, std::string_view type, std::string_view cache) {
  return {.status = 200,
          .content_type = std::string(type),
          .headers = {{"Cache-Control", std::string(cache)}, {"Access-Control-Allow-Origin", "*"}},
          .body = std::move(body)};
}

// A server that has just started looks at its tree first.
constexpr std::chrono::seconds first_checkpoint_wait{2};

using Tell = void (*)(const transparency::TreeView& tree, Exchange& exchange);
void answer_of_published(const Services& services, const ExchangePointer& exchange, Tell tell) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  const auto answer = [&services, exchange, tell] {
    if (const auto tree = services.tree.published())
      return tell(*tree, *exchange);
    exchange->refuse(make_problem("checkpoint_behind", "No checkpoint is published; /readyz says what it waits for."));
  };
  if (services.tree.published() || services.tree.since_start() > first_checkpoint_wait)
    return answer();
  services.tree.wait_for({}, transparency::LogTree::Time::clock::now() + first_checkpoint_wait,
                         [answer](bool /*reached*/) { answer(); });
}

}  // namespace

void show_checkpoint(const Services& services, ExchangePointer exchange) {
  answer_of_published(services, exchange, [](const transparency::TreeView& tree, Exchange& asked) {
    asked.answer(response(tree.checkpoint(), plain_text, for_now));
  });
}

void show_tile(const Services& services, ExchangePointer exchange) {
  answer_of_published(services, exchange, [](const transparency::TreeView& tree, Exchange& asked) {
    const auto path = tlog::parse_tile_path(asked.entry().path.at("tile"));
    auto tile = path ? tree.tile(*path) : std::nullopt;
    if (!tile)
      return asked.refuse(make_problem("tile_not_found", "The log has no such tile, or not as many entries yet."));
    asked.answer(response(std::move(*tile), "application/octet-stream", for_ever));
  });
}

void show_verifier_key(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  exchange->answer(response(services.tree.verifier_key().to_text() + "\n", plain_text, "no-cache"));
}

}  // namespace gatehouse::api
