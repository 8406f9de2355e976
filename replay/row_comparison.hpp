// Proves that two tables hold the same rows, or tells how they differ, without showing what is in them.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "projections/projection.hpp"
#include "replay/rebuild_status.hpp"
#include "store/event_log.hpp"
#include "store/try_to_read.hpp"

namespace gatehouse {

// Kinds of differences that are told as examples.
inline constexpr std::size_t difference_examples_max = 10;

struct RowsDigest {
  std::uint64_t rows{};
  // d_n = SHA-256(d_(n-1) || key length as 4 bytes, little-endian || key || value) over the rows in the order of their keys; d_0 is 32 zero bytes.
  Digest digest{};
};
[[nodiscard]] RowsDigest digest_rows(const TableReader& rows, const std::atomic<bool>& cancelled);

// Of what served and what was made anew, both up to `position`. None when it was cancelled; an error when what served cannot be read.
[[nodiscard]] tl::expected<std::optional<RowComparison>, Unreadable>
compare(const Projection& projection, Position position, const TableReader& former, const TableReader& fresh,
        const std::atomic<bool>& cancelled);

}  // namespace gatehouse
