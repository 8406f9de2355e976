#include "api/transparency/log_endpoints.hpp"

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

// Refuses by itself.
std::shared_ptr<const transparency::TreeView> published(const Services& services, Exchange& exchange) {
  if (const auto parameters = check_parameters(exchange.entry()); !parameters) {
    exchange.refuse(parameters.error());
    return nullptr;
  }
  auto tree = services.tree.published();
  if (!tree)
    exchange.refuse(make_problem("checkpoint_behind", "No checkpoint is published; /readyz says what it waits for."));
  return tree;
}

}  // namespace

void show_checkpoint(const Services& services, ExchangePointer exchange) {
  if (const auto tree = published(services, *exchange))
    exchange->answer(response(tree->checkpoint(), plain_text, for_now));
}

void show_tile(const Services& services, ExchangePointer exchange) {
  const auto tree = published(services, *exchange);
  if (!tree)
    return;
  const auto path = tlog::parse_tile_path(exchange->entry().path.at("tile"));
  auto tile = path ? tree->tile(*path) : std::nullopt;
  if (!tile)
    return exchange->refuse(make_problem("tile_not_found", "The log has no such tile, or not as many entries yet."));
  exchange->answer(response(std::move(*tile), "application/octet-stream", for_ever));
}

void show_verifier_key(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  exchange->answer(response(services.tree.verifier_key().to_text() + "\n", plain_text, "no-cache"));
}

}  // namespace gatehouse::api
