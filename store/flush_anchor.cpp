#include "store/flush_anchor.hpp"

namespace gatehouse {

void FlushAnchor::reset(const LogMark& anchor) {
  const std::lock_guard lock(mutex_);
  anchor_ = anchor;
  noted_.clear();
}

void FlushAnchor::note(std::uint64_t sequence, const LogMark& mark) {
  const std::lock_guard lock(mutex_);
  if (noted_.empty())
    spacing_ = 1;
  else if (mark.group < noted_.back().mark.group + spacing_)
    return;
  noted_.push_back({sequence, mark});
  if (noted_.size() < noted_marks_max)
    return;
  spacing_ *= 2;
  std::deque<Noted> kept;
  for (std::size_t index = 0; index < noted_.size(); index += 2)
    kept.push_back(noted_[index]);
  noted_ = std::move(kept);
}

void FlushAnchor::flushed(std::uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  while (!noted_.empty() && noted_.front().sequence <= sequence) {
    anchor_ = noted_.front().mark;
    noted_.pop_front();
  }
}

LogMark FlushAnchor::anchor() const {
  const std::lock_guard lock(mutex_);
  return anchor_;
}

}  // namespace gatehouse
