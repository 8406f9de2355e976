// The tables of the projections. A projection (name and version) has generations, each a table of its own: one is active and answers
// queries, another may be building beside it and takes its place in one step; what it replaced may be kept, to be active again at once.
//
// Rows and checkpoint are written in one atomic step. Writes are not synced: a table can be rebuilt from the log, and after a power cut it
// may be behind what was written but never ahead of the log. The first error of the disk ends writing for good, for the log as well.
// Threads: everything may be called from any thread, but one table has one writer at a time. Keys must not begin with a zero byte.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "events/envelope.hpp"
#include "table/overlay_table.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct ProjectionId {
  std::string name;  // [a-z0-9_]{1,64}
  std::uint32_t version{};
  auto operator<=>(const ProjectionId&) const = default;
};

// The rows of one table as one write left them; holds them still as long as it lives (keep it briefly).
class ProjectionSnapshot : public TableReader {
 public:
  using Notes = std::map<std::string, std::string, std::less<>>;
  [[nodiscard]] virtual Position checkpoint() const = 0;  // the last event the rows contain
  // What whoever brings the rows forward has noted about them; no scan sees it.
  [[nodiscard]] virtual Notes notes() const = 0;
};

// One generation. Usable as long as it is held, even after it was dropped.
class ProjectionTable {
 public:
  virtual ~ProjectionTable() = default;
  [[nodiscard]] virtual const ProjectionId& projection() const = 0;
  [[nodiscard]] virtual std::uint64_t generation() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const ProjectionSnapshot> snapshot() const = 0;  // after the last write
};

enum class GenerationRole : std::uint8_t { active, kept, building };

// Which generations of a projection have a part to play, by their numbers; 0: none.
struct PlacedGenerations {
  std::uint64_t active{};
  std::uint64_t kept{};

  // Everything else is in the making, or was left over.
  [[nodiscard]] GenerationRole role_of(std::uint64_t generation) const {
    if (generation == active)
      return GenerationRole::active;
    return generation == kept ? GenerationRole::kept : GenerationRole::building;
  }
};

struct Generation {
  std::shared_ptr<ProjectionTable> table;
  GenerationRole role{};
};

struct StoreError {
  std::string detail;
};

struct ProjectionWrite {
  ProjectionTable* table{};
  const OverlayTable::Changes* changes{};
  Position checkpoint;
  const OverlayTable::Changes* notes{};  // none: as they are
};

class ProjectionStore {
 public:
  using Outcome = tl::expected<void, StoreError>;
  // Takes rows in ascending key order, each key once.
  using RowSink = std::function<void(std::string_view key, std::string_view value)>;
  // Likewise changes; without a value the row goes.
  using ChangeSink = std::function<void(std::string_view key, std::optional<std::string_view> value)>;

  virtual ~ProjectionStore() = default;

  // All generations of all projections, those of versions that the program no longer knows included.
  [[nodiscard]] virtual std::vector<Generation> list() const = 0;
  // Null when there is none. The newest, when several are building.
  [[nodiscard]] virtual std::shared_ptr<ProjectionTable> find(const ProjectionId& projection,
                                                              GenerationRole role) const = 0;

  // An empty building generation of each, in their order; checkpoint 0. Several at once take hardly longer than one. An error: none was made.
  using Tables = std::vector<std::shared_ptr<ProjectionTable>>;
  [[nodiscard]] virtual tl::expected<Tables, StoreError> create_all(std::span<const ProjectionId> projections) = 0;
  [[nodiscard]] tl::expected<std::shared_ptr<ProjectionTable>, StoreError> create(const ProjectionId& projection) {
    return create_all({&projection, 1}).map([](const Tables& tables) { return tables.front(); });
  }
  // Durable on return, the table's rows included. `kept` is another complete generation of the same projection, often the one that was active;
  // what was kept before is no longer. Queries that hold a snapshot of the former generation keep it.
  [[nodiscard]] virtual Outcome activate(ProjectionTable& table, const ProjectionTable* kept) = 0;
  [[nodiscard]] Outcome activate(ProjectionTable& table) { return activate(table, nullptr); }
  // Several at once take hardly longer than one, here as well.
  [[nodiscard]] virtual Outcome drop_all(std::span<ProjectionTable* const> tables) = 0;
  [[nodiscard]] Outcome drop(ProjectionTable& table) {
    ProjectionTable* one = &table;
    return drop_all({&one, 1});
  }

  // Several tables in one atomic step.
  [[nodiscard]] virtual Outcome write(std::span<const ProjectionWrite> writes) = 0;
  // For a rebuild: not in the WAL, so lost by a crash until the table is settled, activated or written to (the checkpoint goes back with the rows).
  [[nodiscard]] virtual Outcome write_bulk(const ProjectionWrite& write) = 0;
  // What write_bulk, load and load_more have written is durable on return, of other tables as well: for whoever is not to wait for that when the table
  // is activated or written to. As slow as the disk.
  [[nodiscard]] virtual Outcome settle(ProjectionTable& table) = 0;
  // The fastest way to fill a table that was just created: `produce` hands over all rows, in order. A table whose load a crash cut short is gone
  // after it.
  [[nodiscard]] virtual Outcome load(ProjectionTable& table, Position checkpoint,
                                     const std::function<void(const RowSink&)>& produce) = 0;
  // The same for changes of a table in the making that may have rows already.
  [[nodiscard]] virtual Outcome load_more(ProjectionTable& table, Position checkpoint,
                                          const std::function<void(const ChangeSink&)>& produce) = 0;
};

}  // namespace gatehouse
