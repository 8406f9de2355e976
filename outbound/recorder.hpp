// How a dispatcher records what it does: commands of the program itself, and rows that contain all that was recorded, so that nothing is done twice
// because a projection is behind. One thread.
#pragma once
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/command_service.hpp"
#include "replay/follower.hpp"
#include "store/event_log.hpp"

namespace gatehouse::outbound {

class Recorder {
 public:
  // All must outlive the recorder. `projections` are those whose rows the dispatcher reads.
  Recorder(EventLog& log, CommandService& commands, Follower& follower, std::vector<std::string_view> projections);

  // Commits all, and waits until the projections know of it. False when the log did not take them, or the projections did not come.
  bool commit(std::vector<std::pair<AccountId, Command>> commands);
  // The same, those of an account all or none: the log never has a later one of them without the earlier ones.
  bool commit_in_order(std::vector<std::pair<AccountId, Command>> commands);
  // Waits until the projections contain all that is in the log now.
  bool catch_up();
  // Nothing while the rows do not contain all that was recorded.
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> rows(std::string_view projection) const;

 private:
  bool commit_each(std::vector<Submission> submissions);
  bool wait_for_projections();

  EventLog& log_;
  CommandService& commands_;
  Follower& follower_;
  const std::vector<std::string_view> projections_;
  Position recorded_;
};

}  // namespace gatehouse::outbound
