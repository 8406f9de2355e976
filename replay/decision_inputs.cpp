#include "replay/decision_inputs.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "projections/state_projection.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t first_window = 1'024;  // positions
constexpr std::uint64_t window_growth = 8;

std::vector<RowMember> members_of(std::string_view key, std::string_view value) {
  static const StateProjection state;
  const auto* shape = find_shape(state.shapes(), key);
  return shape != nullptr && shape->members_of != nullptr ? shape->members_of(value)
                                                          : std::vector<RowMember>{{"", value}};
}

// A row at some moment, taken apart.
struct Version {
  Version(std::string_view key, std::optional<std::string> row) : value(std::move(row)) {
    if (value)
      members = members_of(key, *value);
  }

  std::optional<std::string> value;
  std::vector<RowMember> members;  // their bytes are the value's
};
using VersionPointer = std::shared_ptr<const Version>;

// Goes back through a row's changes, newer windows of positions first, until it is known of every member which event had set it.
class RowHistory {
 public:
  RowHistory(const PastView& before, const std::string& key, const std::optional<std::string>& value,
             std::size_t& budget)
      : before_(&before), key_(key), row_(std::make_shared<Version>(key, value)), budget_(&budget),
        set_by_(std::max<std::size_t>(row_->members.size(), 1)), unknown_(set_by_.size()) {}

  void look_back(DecisionInput& input) {
    auto at_end = row_;
    auto through = before_->position();
    for (auto width = first_window; unknown_ > 0 && through > 0; width *= window_growth) {
      const auto after = through > width ? through - width : 0;
      if (!look_through(after, through, at_end)) {
        input.others_until = {through};
        break;
      }
      through = after;
    }
    name_setters(input);
  }

 private:
  using Positions = std::vector<std::uint64_t>;  // for each member; 0: not known

  // `at_end` is the row at the window's end, and then at its beginning. False when there are more changes than may be looked at.
  bool look_through(std::uint64_t after, std::uint64_t through, VersionPointer& at_end) {
    VersionPointer first, last;  // what the first change found, and the last one so far
    std::uint64_t last_position = 0;
    Positions found(set_by_.size());
    bool enough = true;
    before_->changes(key_, after, through, [&](std::uint64_t position, const PlacedRow& row) {
      enough = *budget_ > 0;
      if (!enough)
        return false;
      --*budget_;
      auto version = std::make_shared<const Version>(key_, row.value);
      if (last)
        note(found, last_position, *last, *version);
      else
        first = version;
      last = std::move(version);
      last_position = position;
      return true;
    });
    if (!enough)
      return false;
    if (last) {
      note(found, last_position, *last, *at_end);
      at_end = first;
      take_over(found);
    }
    return true;
  }

  // One that made the row had set all its members. Of a row that is not there, the one that took it away is looked for.
  void note(Positions& found, std::uint64_t position, const Version& then, const Version& now) const {
    if (!row_->value) {
      if (!now.value)
        found.front() = position;
      return;
    }
    if (!now.value)
      return;
    for (std::size_t member = 0; member < found.size(); ++member) {
      if (!then.value || then.members[member].bytes != now.members[member].bytes)
        found[member] = position;
    }
  }

  void take_over(const Positions& found) {
    for (std::size_t member = 0; member < set_by_.size(); ++member) {
      if (set_by_[member] == 0 && found[member] != 0) {
        set_by_[member] = found[member];
        --unknown_;
      }
    }
  }

  void name_setters(DecisionInput& input) const {
    std::map<std::uint64_t, std::vector<std::string_view>> events;
    for (std::size_t member = 0; member < set_by_.size(); ++member) {
      if (set_by_[member] == 0)
        continue;
      auto& names = events[set_by_[member]];
      if (row_->value && !row_->members[member].name.empty())
        names.push_back(row_->members[member].name);
    }
    for (auto& [position, names] : events)
      input.set_by.push_back({{position}, std::move(names)});
  }

  const PastView* before_;
  const std::string& key_;
  VersionPointer row_;  // as the decision saw it
  std::size_t* budget_;
  Positions set_by_;
  std::size_t unknown_;
};

}  // namespace

std::vector<DecisionInput> decision_inputs(const PastView& before, const TracedRows& traced) {
  std::vector<DecisionInput> inputs;
  std::size_t budget = changes_looked_at_max;
  for (const auto& [key, value] : traced.read()) {
    DecisionInput input{key, value, {}, {}};
    RowHistory(before, key, value, budget).look_back(input);
    inputs.push_back(std::move(input));
  }
  return inputs;
}

}  // namespace gatehouse
