// What an event is in the tree over the log: its place and the hash of its frame, which has salt, so that nothing can be guessed from it.
#pragma once
#include <string>
#include <string_view>

#include "events/envelope.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::transparency {

inline constexpr std::size_t entry_bytes = 40;

// position:u64 (big-endian) SHA-256(frame)
[[nodiscard]] std::string entry_of(Position position, std::string_view frame);

}  // namespace gatehouse::transparency
