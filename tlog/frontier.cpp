#include "tlog/frontier.hpp"

#include <bit>

namespace gatehouse::tlog {

std::optional<Frontier> Frontier::restore(std::uint64_t size, std::vector<Hash> peaks) {
  if (peaks.size() != static_cast<std::size_t>(std::popcount(size)))
    return std::nullopt;
  Frontier frontier;
  frontier.size_ = size;
  frontier.peaks_ = std::move(peaks);
  return frontier;
}

Hash Frontier::root() const {
  if (peaks_.empty())
    return empty_root();
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
    root = inner_hash(*peak, root);
  return root;
}

}  // namespace gatehouse::tlog
