#include "cli/backup_places.hpp"

#include <algorithm>
#include <stdexcept>

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

// Compared part by part, without the empty one that a slash at the end makes.
fs::path settled_path(const fs::path& path) {
  const auto whole = fs::weakly_canonical(fs::absolute(path));
  return whole.has_filename() ? whole : whole.parent_path();
}

bool is_within(const fs::path& inner, const fs::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

void refuse_nested(const fs::path& one, const fs::path& other, const std::string& reason) {
  const auto left = settled_path(one), right = settled_path(other);
  if (is_within(left, right) || is_within(right, left))
    throw std::runtime_error(one.string() + " and " + other.string() + ": " + reason);
}

}  // namespace

void refuse_shared_places(const BackupPlaces& places) {
  refuse_nested(places.log, places.data, "backups must lie outside the data directory");
  if (places.keys.empty())
    return;
  refuse_nested(places.keys, places.data, "backups of the keys must lie outside the data directory");
  refuse_nested(places.keys, places.log, "backups of the keys must lie apart from those of the log");
}

}  // namespace gatehouse::cli
