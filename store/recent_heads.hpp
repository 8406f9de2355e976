// The stream heads that appends used lately, so that busy accounts need no read before a write. Bounded: when the young half is full the
// old half is forgotten. One thread at a time.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>

#include "store/event_log.hpp"

namespace gatehouse {

class RecentHeads {
 public:
  explicit RecentHeads(std::size_t streams_max) : half_max_(streams_max / 2) {}

  [[nodiscard]] std::optional<StreamHead> find(const AccountId& stream) {
    if (const auto found = young_.find(stream.value); found != young_.end())
      return found->second;
    const auto found = old_.find(stream.value);
    if (found == old_.end())
      return std::nullopt;
    const auto head = found->second;
    remember(stream, head);
    return head;
  }

  void remember(const AccountId& stream, const StreamHead& head) {
    if (young_.size() >= half_max_ && !young_.contains(stream.value)) {
      old_ = std::move(young_);
      young_.clear();
    }
    young_[stream.value] = head;
  }

 private:
  std::size_t half_max_;
  std::unordered_map<std::string, StreamHead> young_, old_;
};

}  // namespace gatehouse
