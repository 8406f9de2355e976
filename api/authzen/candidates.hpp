// Where a search looks: as few rows as the rules allow, so that a list of a hundred users is found among a million members by its own rows. The
// candidates are all whom the action could be allowed to, and some more: each is judged.
#pragma once
#include <string>
#include <vector>

#include "api/authzen/judgement.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse::api::authzen {

// Prefixes of state rows whose keys go on with a user id; none: nobody can be allowed to.
[[nodiscard]] std::vector<std::string> candidate_subjects(const State& state, ActionKind action, const AppId& app,
                                                          Credentials credentials);

// Walks several of them together, each id once, in ascending order.
class CandidateWalk {
 public:
  CandidateWalk(const TableReader& rows, const std::vector<std::string>& prefixes, const std::string& after);

  // Nothing when there are no more.
  [[nodiscard]] std::optional<std::string> next();

 private:
  std::vector<RowCursor> cursors_;
};

}  // namespace gatehouse::api::authzen
