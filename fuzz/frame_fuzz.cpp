// Frames as they come, and with the checksum put right: beyond it, nothing but the parser's own checks stands in the way.
#include <cstddef>
#include <cstdint>

#include "events/crc32c.hpp"
#include "events/little_endian.hpp"
#include "fuzz/reencoding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gatehouse;
  std::string frame(reinterpret_cast<const char*>(data), size);
  fuzz::check_reencoding(frame);
  if (frame.size() < sizeof(std::uint32_t))
    return 0;
  frame.resize(frame.size() - sizeof(std::uint32_t));
  append_little_endian(frame, crc32c(frame));
  fuzz::check_reencoding(frame);
  return 0;
}
