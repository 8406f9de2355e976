// Request bodies for the doors for commands: single commands and batches, read, decided, stored and answered.
#include <cstddef>
#include <cstdint>

#include "fuzz/command_doors.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static gatehouse::fuzz::CommandDoors doors;
  doors.take({reinterpret_cast<const char*>(data), size});
  return 0;
}
