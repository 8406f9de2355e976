// Puts the frames of another log into an empty one, as they are: the same bytes at the same positions. What does not fit is refused before anything of
// its commit is written. One thread.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse {

class EventImport {
 public:
  using Outcome = tl::expected<void, std::string>;

  // `log` is empty and outlives the import.
  explicit EventImport(EventLog& log) : log_(log) {}

  // The next frame, in the order of the log.
  [[nodiscard]] Outcome add(std::string_view frame);
  // Everything is durable when it returns. Then the state is to be made (replay/repair_state.hpp).
  [[nodiscard]] Outcome finish();

  [[nodiscard]] Position position() const { return position_; }  // of the last frame that was added

 private:
  struct Stream {
    std::uint64_t version{};
    Timestamp recorded_at;
  };

  [[nodiscard]] Outcome append();

  EventLog& log_;
  Position position_;
  std::map<AccountId, Stream> streams_;
  CommitDraft commit_;                 // that is being put together
  std::uint64_t commit_missing_{};     // events of it
  std::vector<CommitDraft> complete_;  // to be appended together
};

}  // namespace gatehouse
