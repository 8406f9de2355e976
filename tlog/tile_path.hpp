// The names of a log's tiles and entry bundles (C2SP tlog-tiles).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::tlog {

inline constexpr std::uint64_t tile_width = 256;  // hashes in a full tile, entries in a full bundle
inline constexpr unsigned tile_height = 8;

struct TilePath {
  std::optional<unsigned> level;  // none: a bundle of entries
  std::uint64_t index{};
  std::uint64_t width = tile_width;
  bool operator==(const TilePath&) const = default;
};

// What stands behind "tile/": 0/x001/x234/067, entries/000.p/17.
[[nodiscard]] std::string to_text(const TilePath& tile);
// The one form alone that to_text gives.
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view text);

}  // namespace gatehouse::tlog
