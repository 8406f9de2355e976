#include "store/versioned_rows.hpp"

#include <algorithm>

namespace gatehouse {

namespace {
constexpr std::size_t scan_rows_per_lock = 64;
}

void VersionedRows::apply(std::span<const OverlayTable::Changes* const> changes) {
  const std::lock_guard lock(mutex_);
  ++revision_;
  for (const auto* rows : changes) {
    for (const auto& [key, value] : *rows) {
      auto& versions = rows_[key];
      versions.push_back({revision_, value});
      drop_unseen(versions);
    }
  }
}

const std::string* VersionedRows::visible(const Versions& versions, std::uint64_t revision) {
  const auto newer = std::ranges::upper_bound(versions, revision, {}, &Version::revision);
  if (newer == versions.begin() || !std::prev(newer)->value)
    return nullptr;
  return &*std::prev(newer)->value;
}

// A version is needed while a snapshot is not older than it and older than the next one.
void VersionedRows::drop_unseen(Versions& versions) const {
  const auto oldest = snapshots_.empty() ? revision_ : std::min(*snapshots_.begin(), revision_);
  const auto newer = std::ranges::upper_bound(versions, oldest, {}, &Version::revision);
  if (newer != versions.begin())
    versions.erase(versions.begin(), std::prev(newer));
}

VersionedRows::Snapshot::Snapshot(std::shared_ptr<VersionedRows> rows) : rows_(std::move(rows)) {
  const std::lock_guard lock(rows_->mutex_);
  revision_ = rows_->revision_;
  rows_->snapshots_.insert(revision_);
}

VersionedRows::Snapshot::~Snapshot() {
  const std::lock_guard lock(rows_->mutex_);
  rows_->snapshots_.erase(rows_->snapshots_.find(revision_));
}

std::optional<std::string> VersionedRows::Snapshot::get(std::string_view key) const {
  const std::lock_guard lock(rows_->mutex_);
  const auto found = rows_->rows_.find(key);
  if (found == rows_->rows_.end())
    return std::nullopt;
  const auto* value = visible(found->second, revision_);
  return value ? std::optional(*value) : std::nullopt;
}

void VersionedRows::Snapshot::scan(std::string_view prefix, std::string_view from,
                                   const TableReader::Visitor& visit) const {
  std::string next(std::max(prefix, from));
  std::vector<std::pair<std::string, std::string>> found;
  for (bool more = true; more;) {
    found.clear();
    more = false;
    {
      const std::lock_guard lock(rows_->mutex_);
      for (auto row = rows_->rows_.lower_bound(next); row != rows_->rows_.end() && row->first.starts_with(prefix);
           ++row) {
        if (found.size() == scan_rows_per_lock) {
          next = row->first;
          more = true;
          break;
        }
        if (const auto* value = visible(row->second, revision_))
          found.emplace_back(row->first, *value);
      }
    }
    for (const auto& [key, value] : found) {
      if (!visit(key, value))
        return;
    }
  }
}

}  // namespace gatehouse
