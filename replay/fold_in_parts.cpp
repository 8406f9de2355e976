#include "replay/fold_in_parts.hpp"

#include <algorithm>

#include "events/frame.hpp"
#include "replay/apply_events.hpp"
#include "replay/event_reader.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_step = 4'000;

// FNV-1a: the same on every machine.
std::uint32_t hash_of(std::string_view stream) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char c : stream) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  // Its upper bits differ little between short texts; the parts are cut by them.
  hash ^= hash >> 16;
  hash *= 0x7feb352dU;
  return hash ^ (hash >> 15);
}

class PartPass {
 public:
  PartPass(const EventLog& log, const PartFolds& folds, const PartOptions& options)
      : log_(log), folds_(folds), options_(options) {
    for (const auto& fold : folds_) until_ = std::max(until_, fold->until);
  }

  tl::expected<void, PartFailure> run(const std::function<bool(const StreamPart&)>& visit) {
    for (StreamPart part;; part = {part.last + 1, UINT32_MAX}) {
      for (const auto& fold : folds_) fold->rows.rebase(nullptr);
      if (auto done = fold_part(part); !done) return done;
      if (!visit(part) || part.last == UINT32_MAX) return {};
    }
  }

 private:
  // May leave less in the part than it was given.
  tl::expected<void, PartFailure> fold_part(StreamPart& part) {
    for (Position at; at < until_;) {
      auto batch = read(at, part);
      if (!batch) return tl::unexpected(PartFailure{{}, failure_of(batch.error())});
      at = batch->next;
      for (const auto& fold : folds_) {
        if (auto failure = apply(*fold, batch->events)) return tl::unexpected(std::move(*failure));
      }
      keep_within_memory(part);
      report(part, at);
      if (batch->at_end) break;
    }
    return {};
  }

  tl::expected<EventBatch, UnreadableEvent> read(Position after, const StreamPart& part) const {
    if (part.is_everything()) return read_events(log_, after, events_per_step);
    const auto page = log_.read(after, events_per_step);
    EventBatch batch{{}, page.next, page.at_end};
    for (const auto& stored : page.events) {
      const auto view = parse_frame(stored.frame);
      if (!view) return tl::unexpected(UnreadableEvent{stored.position, view.error()});
      const auto& stream = view->envelope.account_id;
      if (stream != catalogue_stream && !part.contains(stream.value)) continue;
      auto event = decode_frame(stored.frame);
      if (!event) return tl::unexpected(UnreadableEvent{stored.position, event.error()});
      batch.events.push_back(std::move(*event));
    }
    return batch;
  }

  static std::optional<PartFailure> apply(PartFold& fold, const std::vector<RecordedEvent>& events) {
    const auto end = std::ranges::upper_bound(events, fold.until, {}, [](const auto& event) { return event.envelope.position; });
    auto failure = apply_events(*fold.projection, fold.rows, {events.begin(), end});
    if (!failure) return std::nullopt;
    return PartFailure{std::string(fold.projection->name()), std::move(*failure)};
  }

  void keep_within_memory(StreamPart& part) {
    for (;;) {
      std::size_t bytes = 0;
      for (const auto& fold : folds_) bytes += fold->rows.memory_bytes();
      if (bytes <= options_.memory_bytes_max || part.last - part.first <= UINT32_MAX / parts_max) return;
      part.last = part.first + (part.last - part.first) / 2;
      for (const auto& fold : folds_) {
        fold->rows.drop_if([&](std::string_view key) {
          const auto stream = stream_of_row(fold->projection->shapes(), key);
          return stream != catalogue_stream.value && !part.contains(stream);
        });
      }
    }
  }

  // As if the log were read once: what the parts before have done, and this one's share of it.
  void report(const StreamPart& part, Position at) {
    if (!options_.progress) return;
    constexpr std::uint64_t hashes = std::uint64_t{UINT32_MAX} + 1;
    const auto read = std::min(at, until_).value;
    const auto width = std::uint64_t{part.last} - part.first + 1;
    const auto share = [&](std::uint64_t of, std::uint64_t events) { return events / hashes * of + events % hashes * of / hashes; };
    done_ = std::max(done_, share(part.first, until_.value) + share(width, read));
    const auto elapsed = std::chrono::steady_clock::now() - began_;
    options_.progress({done_, until_.value, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)});
  }

  const EventLog& log_;
  const PartFolds& folds_;
  const PartOptions& options_;
  Position until_;
  std::uint64_t done_{};
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

bool StreamPart::contains(std::string_view stream) const {
  const auto hash = hash_of(stream);
  return first <= hash && hash <= last;
}

bool PartFold::is_in(const StreamPart& part, std::string_view key) const {
  return part.is_everything() || part.contains(stream_of_row(projection->shapes(), key));
}

tl::expected<void, PartFailure> fold_in_parts(const EventLog& log, const PartFolds& folds, const PartOptions& options,
                                              const std::function<bool(const StreamPart&)>& visit) {
  return PartPass(log, folds, options).run(visit);
}

}  // namespace gatehouse
