#include "transparency/tree_fold.hpp"

#include <algorithm>
#include <utility>

#include "events/frame.hpp"
#include "table/overlay_table.hpp"
#include "tlog/tile_path.hpp"
#include "transparency/account_map.hpp"
#include "transparency/log_entry.hpp"

namespace gatehouse::transparency {

namespace {

constexpr std::size_t events_per_read = 1'000;

BrokenHistory broken(Position position, std::string_view what) {
  return BrokenHistory("event " + std::to_string(position.value) + ": " + std::string(what));
}

}  // namespace

TreeFold::TreeFold(const TableReader& rows, const EventLog& log, const TreeFoldLimits& limits)
    : events_(&log), limits_(limits), log_(read_frontier(rows, keys::log_frontier())),
      through_(read<HeadsRow>(rows, keys::heads()).value_or(HeadsRow{}).through) {
  hold_pending();
}

void TreeFold::add(Table& rows, const StoredEvent& event) {
  GATEHOUSE_ASSERT(event.position.value == log_.size() + 1);
  const auto leaf = tlog::leaf_hash(entry_of(event.position, event.frame));
  log_.append(leaf, [&](unsigned height, std::uint64_t index, const tlog::Hash& hash) {
    if (height > 0 && height % tlog::tile_height == 0)
      rows.put(keys::tile_hash(height / tlog::tile_height, index), tlog::as_bytes(hash));
  });
  auto added = pending_of(event);
  const bool may_commit = added.stream == transparency_stream;
  if (held_.size() + 1 == pending() && held_.size() < limits_.leaves_max)
    hold(std::move(added));
  if (may_commit)
    check_heads(rows, event);
}

void TreeFold::finish(Table& rows) const { put_frontier(rows, keys::log_frontier(), log_); }

TreeFold::Pending TreeFold::pending_of(const StoredEvent& event) {
  auto frame = parse_frame(event.frame);
  if (!frame)
    throw broken(event.position, to_text(frame.error()));
  return {std::move(frame->envelope.account_id), tlog::leaf_hash(event.frame)};
}

void TreeFold::hold(Pending event) {
  if (event.stream != transparency_stream)
    ++others_held_;
  held_.push_back(std::move(event));
}

void TreeFold::hold_pending() {
  visit_log(through_ + held_.size(), std::min(log_.size(), through_ + limits_.leaves_max),
            [this](const StoredEvent& event) { hold(pending_of(event)); });
}

void TreeFold::visit_log(std::uint64_t after, std::uint64_t through,
                         const std::function<void(const StoredEvent& event)>& visit) const {
  while (after < through) {
    const auto page = events_->read({after}, std::min<std::uint64_t>(events_per_read, through - after));
    if (page.events.empty())
      throw broken({after + 1}, "is missing");
    std::ranges::for_each(page.events, visit);
    after = page.next.value;
  }
}

void TreeFold::visit_pending(std::uint64_t through, const std::function<void(const Pending& event)>& visit) const {
  const auto held = std::min<std::uint64_t>(held_.size(), through - through_);
  std::for_each(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(held), visit);
  visit_log(through_ + held, through, [&](const StoredEvent& event) { visit(pending_of(event)); });
}

HeadsRow TreeFold::heads_now(const TableReader& rows) const {
  auto trial = OverlayTable::on(rows);
  return commit(trial, position().value);
}

// Whether an account's head is set once or in several steps, the rows are the same.
HeadsRow TreeFold::commit(Table& rows, std::uint64_t through) const {
  auto heads = read<HeadsRow>(rows, keys::heads()).value_or(HeadsRow{});
  Grown grown;
  visit_pending(through, [&](const Pending& event) {
    auto [found, is_new] = grown.try_emplace(event.stream);
    if (is_new)
      found->second = read_frontier(rows, keys::account_frontier(event.stream));
    found->second.append(event.leaf);
    if (grown.size() >= limits_.accounts_max)
      set_heads(rows, heads, grown);
  });
  set_heads(rows, heads, grown);
  heads.through = through;
  return heads;
}

void TreeFold::set_heads(Table& rows, HeadsRow& heads, Grown& grown) {
  for (const auto& [stream, frontier] : std::exchange(grown, {})) {
    const auto key = keys::account_frontier(stream);
    if (!rows.get(key))
      ++heads.accounts;
    put_frontier(rows, key, frontier);
    heads.root = set_head(rows, stream, {frontier.size(), frontier.root()});
  }
}

void TreeFold::check_heads(Table& rows, const StoredEvent& event) {
  const auto recorded = decode_frame(event.frame);
  if (!recorded)
    throw broken(event.position, to_text(recorded.error()));
  const auto* known = recorded->known();
  const auto* committed = known == nullptr ? nullptr : std::get_if<AccountHeadsCommitted>(known);
  if (committed == nullptr)
    return;
  if (committed->through < through_ || committed->through >= event.position.value)
    throw broken(event.position, "commits to heads of another time");
  auto heads = commit(rows, committed->through);
  if (heads.accounts != committed->accounts || tlog::to_base64(heads.root) != committed->root)
    throw broken(event.position, "commits to other heads than the log gives");
  heads.position = event.position.value;
  rows.put(keys::heads(), pack(heads));
  const auto done = std::min<std::uint64_t>(held_.size(), committed->through - through_);
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(done);
  others_held_ -= static_cast<std::size_t>(
      std::count_if(held_.begin(), end, [](const Pending& pending) { return pending.stream != transparency_stream; }));
  held_.erase(held_.begin(), end);
  through_ = committed->through;
  hold_pending();
}

}  // namespace gatehouse::transparency
