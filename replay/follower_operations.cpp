// What operators and rebuilds ask of a follower: done on its thread, between two writes, so that nothing is brought forward meanwhile.
#include <utility>

#include "replay/follower.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

const std::string is_stopping = "the server is stopping";

}  // namespace

void Follower::bring_up(BuiltGeneration built, WhenEven when_even_then) {
  post([this, built = std::make_shared<BuiltGeneration>(std::move(built)), then = std::move(when_even_then)] {
    if (stopping_.load())
      return then(tl::unexpected(is_stopping));
    auto* followed = find(built->projection->name());
    GATEHOUSE_ASSERT(followed != nullptr && built->table);
    followed->put(Part::fresh, std::make_unique<LiveGeneration>(followed->projection(), std::move(built->table)));
    when_even(*followed, Part::fresh, [followed, then](tl::expected<void, std::string> even) {
      if (!even)
        return then(tl::unexpected(even.error()));
      const auto* current = followed->at(Part::current);
      then(EvenRows{current != nullptr ? current->table()->snapshot() : nullptr,
                    followed->at(Part::fresh)->table()->snapshot()});
    });
  });
}

void Follower::when_even(Followed& followed, Part part, std::function<void(tl::expected<void, std::string>)> then) {
  when_even_.push_back({&followed, part, std::move(then)});
}

void Follower::switch_over(std::string_view name, Former former, Done done) {
  post([this, followed = find(name), former, done = std::move(done)] {
    if (stopping_.load())
      return done(tl::unexpected(is_stopping));
    when_even(*followed, Part::fresh, [this, followed, former, done](tl::expected<void, std::string> even) {
      even ? serve(*followed, Part::fresh, former, done) : done(std::move(even));
    });
  });
}

void Follower::roll_back(std::string_view name, Done done) {
  post([this, followed = find(name), done = std::move(done)] {
    if (stopping_.load())
      return done(tl::unexpected(is_stopping));
    when_even(*followed, Part::kept, [this, followed, done](tl::expected<void, std::string> even) {
      even ? serve(*followed, Part::kept, Former::kept, done) : done(std::move(even));
    });
  });
}

// Both hold the same events, so whoever reads sees no event come or go.
void Follower::serve(Followed& followed, Part part, Former former, const Done& done) {
  const auto& table = followed.at(part)->table();
  const auto* current = followed.at(Part::current);
  const auto* kept = current != nullptr && former == Former::kept ? current->table().get() : nullptr;
  if (const auto placed = put_in_place(store_, *table, kept); !placed)
    return done(tl::unexpected("the rows cannot take over: " + placed.error().detail));
  followed.promote(part);
  if (former == Former::let_go)
    (void)followed.take(Part::kept);
  done({});
}

void Follower::drop_fresh(std::string_view name, Done done) {
  post([this, followed = find(name), done = std::move(done)] {
    if (!stopping_.load())
      drop(*followed, Part::fresh);
    done({});
  });
}

void Follower::retire_kept(std::string_view name, Done done) {
  post([this, followed = find(name), done = std::move(done)] {
    if (stopping_.load())
      return done(tl::unexpected(is_stopping));
    drop(*followed, Part::kept);
    done({});
  });
}

// A table that cannot be dropped now is at the next start.
void Follower::drop(Followed& followed, Part part) {
  if (const auto generation = followed.take(part))
    (void)store_.drop(*generation->table());
}

void Follower::fail_build(std::string_view name, FoldFailure failure) {
  post([this, followed = find(name), failure = std::move(failure)] {
    report(ProjectionStopped{std::string(followed->projection()->name()), failure});
    followed->fail_build(failure);
  });
}

void Follower::retry_parked(std::string_view name, const AccountId& stream, Done done) {
  post([this, followed = find(name), stream, done = std::move(done)] {
    if (stopping_.load())
      return done(tl::unexpected(is_stopping));
    bool found = false;
    for (const auto part : {Part::current, Part::kept, Part::fresh}) {
      if (auto* generation = followed->at(part))
        found = generation->retry(stream) || found;
    }
    followed->refresh();
    found ? done({}) : done(tl::unexpected("nothing of " + stream.value + " is parked"));
  });
}

void Follower::skip_parked(std::string_view name, const SkippedEvent& skipped, Done done) {
  post([this, followed = find(name), skipped, done = std::move(done)] {
    if (stopping_.load())
      return done(tl::unexpected(is_stopping));
    bool found = false;
    for (const auto part : {Part::current, Part::kept, Part::fresh}) {
      auto* generation = followed->at(part);
      if (generation != nullptr && generation->has_skipped(skipped.position)) {
        found = true;  // somebody was faster
        continue;
      }
      const auto* parked = generation != nullptr ? generation->find_parked(skipped.stream) : nullptr;
      if (parked == nullptr || parked->position != skipped.position)
        continue;
      write({{followed, part}}, {generation->skip(skipped)});
      if (!generation->has_skipped(skipped.position))
        return done(tl::unexpected(to_text(*generation->stopped())));
      found = true;
    }
    found ? done({}) : done(tl::unexpected("nothing of " + skipped.stream.value + " is parked at that event"));
  });
}

}  // namespace gatehouse
