#include "transparency/tree_fold.hpp"

#include <algorithm>
#include <map>

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

TreeFold::TreeFold(const TableReader& rows, const EventLog& log)
    : log_(read_frontier(rows, keys::log_frontier())),
      through_(read<HeadsRow>(rows, keys::heads()).value_or(HeadsRow{}).through) {
  for (Position after{through_}; after < position();) {
    const auto page = log.read(after, events_per_read);
    for (const auto& event : page.events) {
      if (event.position <= position())
        remember(event);
    }
    if (page.events.empty())
      throw broken({after.value + 1}, "is missing");
    after = page.next;
  }
}

void TreeFold::add(Table& rows, const StoredEvent& event) {
  GATEHOUSE_ASSERT(event.position.value == log_.size() + 1);
  const auto leaf = tlog::leaf_hash(entry_of(event.position, event.frame));
  log_.append(leaf, [&](unsigned height, std::uint64_t index, const tlog::Hash& hash) {
    if (height > 0 && height % tlog::tile_height == 0)
      rows.put(keys::tile_hash(height / tlog::tile_height, index), tlog::as_bytes(hash));
  });
  remember(event);
  if (pending_.back().stream == transparency_stream)
    check_heads(rows, event);
}

void TreeFold::finish(Table& rows) const { put_frontier(rows, keys::log_frontier(), log_); }

void TreeFold::remember(const StoredEvent& event) {
  auto frame = parse_frame(event.frame);
  if (!frame)
    throw broken(event.position, to_text(frame.error()));
  pending_.push_back({std::move(frame->envelope.account_id), tlog::leaf_hash(event.frame)});
  if (pending_.back().stream != transparency_stream)
    ++others_pending_;
}

HeadsRow TreeFold::heads_now(const TableReader& rows) const {
  auto trial = OverlayTable::on(rows);
  return commit(trial, position().value);
}

HeadsRow TreeFold::commit(Table& rows, std::uint64_t through) const {
  auto heads = read<HeadsRow>(rows, keys::heads()).value_or(HeadsRow{});
  std::map<AccountId, tlog::Frontier> grown;
  const auto count = static_cast<std::ptrdiff_t>(through - through_);
  std::for_each(pending_.begin(), pending_.begin() + count, [&](const Pending& event) {
    auto [found, is_new] = grown.try_emplace(event.stream);
    if (is_new)
      found->second = read_frontier(rows, keys::account_frontier(event.stream));
    found->second.append(event.leaf);
  });
  for (const auto& [stream, frontier] : grown) {
    const auto key = keys::account_frontier(stream);
    if (!rows.get(key))
      ++heads.accounts;
    put_frontier(rows, key, frontier);
    heads.root = set_head(rows, stream, {frontier.size(), frontier.root()});
  }
  heads.through = through;
  return heads;
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
  const auto done = pending_.begin() + static_cast<std::ptrdiff_t>(committed->through - through_);
  others_pending_ -= static_cast<std::size_t>(std::count_if(
      pending_.begin(), done, [](const Pending& pending) { return pending.stream != transparency_stream; }));
  pending_.erase(pending_.begin(), done);
  through_ = committed->through;
}

}  // namespace gatehouse::transparency
