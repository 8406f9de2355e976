// Request bodies for the doors for commands: single commands and batches, read, decided, stored and answered.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "fuzz/body_mutation.hpp"
#include "fuzz/command_doors.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);

namespace {

std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

std::size_t give(const std::optional<std::string>& body, std::uint8_t* out) {
  if (!body) return 0;
  std::copy(body->begin(), body->end(), out);
  return body->size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static gatehouse::fuzz::CommandDoors doors;
  doors.take(text_of(data, size));
  return 0;
}

// One change in four is blind: what cannot be read has to be refused as well.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max, unsigned seed) {
  if (seed % 4 != 0) {
    if (const auto body = gatehouse::fuzz::change_body(text_of(data, size), size_max, seed)) return give(body, data);
  }
  return LLVMFuzzerMutate(data, size, size_max);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size, const std::uint8_t* second,
                                                 std::size_t second_size, std::uint8_t* out, std::size_t out_max, unsigned) {
  return give(gatehouse::fuzz::join_bodies(text_of(first, first_size), text_of(second, second_size), out_max), out);
}
