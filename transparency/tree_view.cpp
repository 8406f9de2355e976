#include "transparency/tree_view.hpp"

#include "transparency/log_entry.hpp"

namespace gatehouse::transparency {

TreeView::TreeView(const EventLog& log, std::shared_ptr<const ProjectionSnapshot> rows)
    : log_(&log), rows_(std::move(rows)), heads_(read<HeadsRow>(*rows_, keys::heads())) {
  const auto frontier = read_frontier(*rows_, keys::log_frontier());
  head_ = {frontier.size(), frontier.root()};
}

TreeView TreeView::with_checkpoint(std::string checkpoint) const {
  auto view = *this;
  view.checkpoint_ = std::move(checkpoint);
  return view;
}

TreeView TreeView::at(std::uint64_t size) const {
  GATEHOUSE_ASSERT(size <= head_.size);
  auto view = *this;
  view.head_ = {size, tlog::root_of(size, subtrees())};
  view.checkpoint_.clear();
  if (heads_ && heads_->position > size)
    view.heads_.reset();
  return view;
}

std::optional<std::string> TreeView::tile(const tlog::TilePath& path) const {
  const auto level = path.level.value_or(0);
  const unsigned shift = level * tlog::tile_height;
  const auto there = shift < 64 ? head_.size >> shift : 0;
  const auto begin = path.index * tlog::tile_width;
  if (path.index > UINT64_MAX / tlog::tile_width || begin >= there || there - begin < path.width)
    return std::nullopt;
  std::string bytes;
  if (path.level) {
    for (const auto& hash : hashes(level, begin, path.width))
      bytes.append(tlog::as_bytes(hash));
    return bytes;
  }
  for (const auto& entry : entries(begin, path.width)) {
    bytes += static_cast<char>(entry.size() >> 8U);
    bytes += static_cast<char>(entry.size() & 0xffU);
    bytes.append(entry);
  }
  return bytes;
}

tlog::ProofFile TreeView::prove(Position position) const {
  const auto index = position.value - 1;
  return {.extra = {},
          .index = index,
          .path = tlog::inclusion_proof(index, head_.size, subtrees()),
          .checkpoint = checkpoint_};
}

tlog::Path TreeView::consistency_from(std::uint64_t size) const {
  return tlog::consistency_proof(size, head_.size, subtrees());
}

std::optional<Completeness> TreeView::completeness(const AccountId& account) const {
  if (!heads_)
    return std::nullopt;
  auto siblings = siblings_of(*rows_, account);
  if (!siblings)
    return std::nullopt;
  const auto frontier = read_frontier(*rows_, keys::account_frontier(account));
  const auto event = log_->read_at({heads_->position});
  GATEHOUSE_ASSERT(event.has_value());
  auto proof = prove({heads_->position});
  proof.extra = event->frame;
  return Completeness{.head = {frontier.size(), frontier.root()},
                      .siblings = std::move(*siblings),
                      .through = {heads_->through},
                      .heads = std::move(proof)};
}

std::vector<std::string> TreeView::entries(std::uint64_t begin, std::uint64_t count) const {
  std::vector<std::string> found;
  for (Position after{begin}; found.size() < count;) {
    const auto page = log_->read(after, count - found.size());
    GATEHOUSE_ASSERT(!page.events.empty());
    for (const auto& event : page.events)
      found.push_back(entry_of(event.position, event.frame));
    after = page.next;
  }
  return found;
}

std::vector<tlog::Hash> TreeView::hashes(unsigned level, std::uint64_t begin, std::uint64_t count) const {
  std::vector<tlog::Hash> found;
  found.reserve(count);
  if (level == 0) {
    for (const auto& entry : entries(begin, count))
      found.push_back(tlog::leaf_hash(entry));
    return found;
  }
  for (auto index = begin; index < begin + count; ++index) {
    const auto bytes = rows_->get(keys::tile_hash(level, index));
    const auto hash = tlog::as_hash(bytes.value_or(""));
    GATEHOUSE_ASSERT(hash.has_value());
    found.push_back(*hash);
  }
  return found;
}

tlog::SubtreeReader TreeView::subtrees() const {
  return [this](unsigned height, std::uint64_t index) { return subtree(height, index); };
}

tlog::Hash TreeView::subtree(unsigned height, std::uint64_t index) const {
  const auto rest = height % tlog::tile_height;
  auto level = hashes(height / tlog::tile_height, index << rest, std::uint64_t{1} << rest);
  while (level.size() > 1) {
    for (std::size_t pair = 0; pair < level.size() / 2; ++pair)
      level[pair] = tlog::inner_hash(level[2 * pair], level[2 * pair + 1]);
    level.resize(level.size() / 2);
  }
  return level.front();
}

}  // namespace gatehouse::transparency
