#include "transparency/log_entry.hpp"

namespace gatehouse::transparency {

std::string entry_of(Position position, std::string_view frame) {
  std::string entry;
  entry.reserve(entry_bytes);
  for (unsigned shift = 64; shift > 0; shift -= 8)
    entry += static_cast<char>(position.value >> (shift - 8U));
  return entry.append(tlog::as_bytes(identity::sha256(frame)));
}

}  // namespace gatehouse::transparency
