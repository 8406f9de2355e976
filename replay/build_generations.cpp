#include "replay/build_generations.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <deque>
#include <future>
#include <span>
#include <thread>
#include <utility>

#include "replay/building.hpp"
#include "replay/event_reader.hpp"
#include "store/freed_memory.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

namespace asio = boost::asio;

constexpr std::size_t events_per_step = 4'000;
constexpr std::size_t steps_read_ahead = 2;

std::size_t folding_threads() { return std::max(2U, std::thread::hardware_concurrency()); }

class Build {
 public:
  Build(const EventLog& log, ProjectionStore& store, const std::vector<BuildTarget>& targets,
        const BuildOptions& options)
      : log_(log), options_(options) {
    const auto head = log.head();
    std::vector<ProjectionId> ids;
    for (const auto& target : targets) {
      end_ = std::max(end_, target.until.value_or(head));
      buildings_.push_back(std::make_unique<Building>(store, target, options));
      ids.push_back(id_of(*target.projection));
    }
    auto tables = store.create_all(ids);
    for (std::size_t index = 0; index < buildings_.size(); ++index)
      buildings_[index]->begin(tables.map([index](const auto& made) { return made[index]; }));
  }

  std::vector<BuiltGeneration> run() {
    // A second time for those that met an event which failed.
    for (bool again = true; again;) {
      const auto at = pass();
      run_each(going(), [at](Building& building) { building.finish(at); });
      again = false;
      for (auto& building : buildings_)
        again = building->begin_again() || again;
    }
    std::vector<BuiltGeneration> built;
    for (auto& building : buildings_) {
      building->settle();  // here, and not where followers take the rows over
      built.push_back(building->take());
    }
    return built;
  }

 private:
  using Read = tl::expected<EventBatch, UnreadableEvent>;

  // Answers how far it came.
  Position pass() {
    Position at;
    ReadAhead ahead(*this);
    while (at < end_ && any_going()) {
      const auto began = std::chrono::steady_clock::now();
      auto batch = ahead.next();
      if (is_cancelled()) {
        fail_all({at, {}, "cancelled"});
        break;
      }
      if (!batch) {
        fail_all(failure_of(batch.error()));
        break;
      }
      for (auto* building : going()) {
        if (building->is_cancelled())
          building->fail({at, {}, "cancelled"});
      }
      at = batch->next;
      run_each(going(), [&batch](Building& building) { building.apply(batch->events); });
      for (auto* building : going())
        building->make_room(static_cast<double>(end_.value) /
                            static_cast<double>(std::max(at.value, std::uint64_t{1})));
      ahead.give_back(std::move(*batch));
      keep_within_memory(at);
      report(at, std::max(at, end_));
      if (options_.pace)
        options_.pace(std::chrono::steady_clock::now() - began);
    }
    return at;
  }

  // Reads and decodes while what came before is being folded, into the memory of what has been.
  class ReadAhead {
   public:
    explicit ReadAhead(Build& build) : build_(build) {
      for (std::size_t step = 0; step < steps_read_ahead; ++step)
        give_back({});
    }
    ~ReadAhead() {
      for (auto& step : steps_)
        step.wait();
    }
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    Read next() {
      auto step = std::move(steps_.front());
      steps_.pop_front();
      return step.get();
    }
    // What next handed out, or something else to read into.
    void give_back(EventBatch&& folded) {
      steps_.push_back(asio::post(build_.reading_, asio::use_future([this, folded = std::move(folded)]() mutable {
                                    return read(std::move(folded));
                                  })));
    }

   private:
    // On the thread that reads.
    Read read(EventBatch&& folded) {
      if (at_ >= build_.end_)
        return EventBatch{{}, at_, true};
      auto batch = read_events(build_.log_, at_, events_per_step, std::move(folded));
      if (batch)
        at_ = batch->next;
      return batch;
    }

    Build& build_;
    Position at_;
    std::deque<std::future<Read>> steps_;
  };

  // Side by side, the largest first: the others are done beside it. The calling thread takes part, so that it waits for no other to wake up.
  template <class Job>
  void run_each(std::vector<Building*> buildings, const Job& job) {
    std::ranges::sort(buildings, std::greater(), &Building::memory_bytes);
    std::atomic<std::size_t> taken = 0;
    const auto take_part = [&] {
      for (auto index = taken++; index < buildings.size(); index = taken++)
        job(*buildings[index]);
    };
    std::vector<std::future<void>> running;
    for (std::size_t thread = 1; thread < std::min(folding_threads(), buildings.size()); ++thread)
      running.push_back(asio::post(folding_, asio::use_future(take_part)));
    std::packaged_task<void()> own_part(take_part);
    running.push_back(own_part.get_future());
    own_part();
    for (auto& one : running)
      one.wait();
    for (auto& one : running)
      one.get();
  }

  [[nodiscard]] std::vector<Building*> going() const {
    std::vector<Building*> going;
    for (const auto& building : buildings_) {
      if (building->going())
        going.push_back(building.get());
    }
    return going;
  }
  [[nodiscard]] bool any_going() const { return !going().empty(); }
  [[nodiscard]] bool is_cancelled() const { return options_.cancelled != nullptr && options_.cancelled->load(); }

  void fail_all(const FoldFailure& failure) {
    for (auto* building : going())
      building->fail(failure);
  }

  // The largest go first: few large writes cost less than many small ones.
  void keep_within_memory(Position at) {
    auto held = going();
    std::size_t bytes = 0;
    for (const auto* building : held)
      bytes += building->memory_bytes();
    if (bytes <= options_.memory_bytes_max)
      return;
    std::ranges::sort(held, std::greater(), &Building::memory_bytes);
    for (auto building = held.begin(); bytes > options_.memory_bytes_max; ++building) {
      bytes -= (*building)->memory_bytes();
      (*building)->spill(at);
    }
    return_freed_memory();  // or the next ones would be allocated between what is left
  }

  void report(Position done, Position total) const {
    if (!options_.progress)
      return;
    const auto elapsed = std::chrono::steady_clock::now() - began_;
    options_.progress({done.value, total.value, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)});
  }

  const EventLog& log_;
  const BuildOptions& options_;
  Position end_;  // of what is to be read, at least
  std::vector<std::unique_ptr<Building>> buildings_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  asio::thread_pool reading_{1};
  asio::thread_pool folding_{folding_threads() - 1};
};

}  // namespace

std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                               const std::vector<BuildTarget>& targets, const BuildOptions& options) {
  return Build(log, store, targets, options).run();
}

std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                               const ProjectionSet& projections, const BuildOptions& options) {
  std::vector<BuildTarget> targets;
  for (const auto& projection : projections)
    targets.push_back({.projection = projection});
  return build_generations(log, store, targets, options);
}

ProjectionId id_of(const Projection& projection) { return {std::string(projection.name()), projection.version()}; }

ProjectionStore::Outcome put_in_place(ProjectionStore& store, std::span<const Placement> placements) {
  std::vector<std::shared_ptr<ProjectionTable>> replaced;
  for (const auto& [table, kept] : placements) {
    const auto has = [&](GenerationRole role) { return store.find(table->projection(), role).get(); };
    if (has(GenerationRole::active) != table || has(GenerationRole::kept) != kept) {
      if (auto done = store.activate(*table, kept); !done)
        return done;
    }
    for (auto& [other, role] : store.list()) {
      if (other->projection().name == table->projection().name && other.get() != table && other.get() != kept)
        replaced.push_back(std::move(other));
    }
  }
  if (replaced.empty())
    return {};
  std::vector<ProjectionTable*> dropped;
  for (const auto& table : replaced)
    dropped.push_back(table.get());
  return store.drop_all(dropped);
}

ProjectionStore::Outcome put_in_place(ProjectionStore& store, ProjectionTable& table, const ProjectionTable* kept) {
  const Placement placement{&table, kept};
  return put_in_place(store, {&placement, 1});
}

}  // namespace gatehouse
