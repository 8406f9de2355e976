// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum at the end of every frame: finds every single flipped bit and every burst of up
// to 32 bits. Uses the processor's instruction where there is one.
#pragma once
#include <cstdint>
#include <string_view>

namespace gatehouse {

[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

// The same without the instruction.
[[nodiscard]] std::uint32_t crc32c_portable(std::string_view bytes);

}  // namespace gatehouse
