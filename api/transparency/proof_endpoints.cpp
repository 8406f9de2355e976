#include "api/transparency/proof_endpoints.hpp"

#include "api/transparency/account_door.hpp"
#include "api/transparency/completeness_json.hpp"
#include "events/frame.hpp"

namespace gatehouse::api {

namespace {

constexpr std::chrono::seconds checkpoint_wait_max{5};

using Tree = std::shared_ptr<const transparency::TreeView>;

http::Response response(std::string body, std::string_view type) {
  return {.status = 200,
          .content_type = std::string(type),
          .headers = {{"Cache-Control", "private, no-cache"}, {"Vary", "Authorization"}},
          .body = std::move(body)};
}

// On a worker, because a proof reads the log.
template <class Answer>
transparency::LogTree::Done then(const Services& services, ExchangePointer exchange, Answer answer) {
  return [&services, exchange = std::move(exchange), answer = std::move(answer)](bool reached) {
    services.workers.post([&services, exchange, answer, reached] {
      const auto tree = reached ? services.tree.published() : nullptr;
      if (!tree)
        return exchange->refuse(behind_checkpoint(services.tree));
      answer(*exchange, *tree);
    });
  };
}

std::optional<StoredEvent> event_of(const Services& services, const AccountId& account, std::string_view position) {
  const auto number = parse_position(position);
  auto event = number ? services.log.read_at(*number) : std::nullopt;
  const auto frame = event ? parse_frame(event->frame) : tl::unexpected(FrameError::too_short);
  return frame && frame->envelope.account_id == account ? event : std::nullopt;
}

}  // namespace

void prove_event(const Services& services, ExchangePointer exchange) {
  const auto entered = enter_account(services, *exchange);
  if (!entered)
    return exchange->refuse(entered.error());
  const auto named = exchange->entry().path.at("position");
  auto event = event_of(services, entered->account, named);
  if (!event)
    return exchange->refuse(no_event_at(named));
  const auto position = event->position;
  const auto answer = [event = std::move(*event)](Exchange& asked, const transparency::TreeView& tree) {
    auto proof = tree.prove(event.position);
    proof.extra = event.frame;
    asked.answer(response(tlog::to_text(proof), "text/plain; charset=utf-8"));
  };
  services.tree.wait_for(position, transparency::LogTree::Time::clock::now() + checkpoint_wait_max,
                         then(services, std::move(exchange), answer));
}

void prove_completeness(const Services& services, ExchangePointer exchange) {
  const auto entered = enter_account(services, *exchange);
  if (!entered)
    return exchange->refuse(entered.error());
  const auto answer = [&services, account = entered->account](Exchange& asked, const transparency::TreeView& tree) {
    const auto proof = tree.completeness(account);
    if (!proof)  // what is published knows nothing of it yet
      return asked.refuse(behind_checkpoint(services.tree));
    std::string body;
    append_completeness(body, account, *proof);
    asked.answer(response(std::move(body), "application/json"));
  };
  auto done = then(services, std::move(exchange), answer);
  if (is_eventual(*entered))
    return done(true);
  services.tree.wait_for_heads(entered->head.position, transparency::LogTree::Time::clock::now() + checkpoint_wait_max,
                               std::move(done));
}

}  // namespace gatehouse::api
