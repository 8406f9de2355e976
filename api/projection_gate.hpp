// What the queries need of the read models: rows that hold still, how far they are, and to be told when they are further.
// Every member may be called from any thread.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "events/envelope.hpp"
#include "replay/rebuilder.hpp"
#include "table/table.hpp"

namespace gatehouse::api {

// A read model as it was at one position, for reading by key; keep it briefly.
struct ProjectionView {
  Position position;
  std::shared_ptr<const TableReader> rows;
  std::vector<ParkedStream> parked{};  // that the rows lack events of

  // Up to where the rows hold everything that an answer about the account may need.
  [[nodiscard]] Position whole_up_to(const AccountId& account) const;
};

class ProjectionGate {
 public:
  virtual ~ProjectionGate() = default;

  // Nothing for a name that does not exist. The view of one that failed stays where it failed.
  [[nodiscard]] virtual std::optional<ProjectionView> view(std::string_view projection) const = 0;

  // Calls `done` exactly once: with true as soon as the projection has reached `position`, with false at the deadline, when it
  // has failed, or at the end of the process. On any thread, perhaps before this returns; `done` is quick.
  virtual void wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                        std::function<void(bool)> done) = 0;

  [[nodiscard]] virtual std::vector<ProjectionStatus> statuses() const = 0;
  // What operators have done with the read models.
  [[nodiscard]] virtual Rebuilder& rebuilder() = 0;
};

}  // namespace gatehouse::api
