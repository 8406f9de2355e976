// Integers as little-endian bytes, whatever the machine: the byte order of everything that is stored. Compiles to plain moves.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace gatehouse {

template <class Integer>
inline void store_little_endian(char* to, Integer value) {
  const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
  for (std::size_t index = 0; index < sizeof(Integer); ++index) {
    to[index] = static_cast<char>(static_cast<unsigned char>(bits >> (8 * index)));
  }
}

template <class Integer>
[[nodiscard]] inline Integer load_little_endian(const char* from) {
  std::make_unsigned_t<Integer> bits = 0;
  for (std::size_t index = 0; index < sizeof(Integer); ++index) {
    const auto byte = static_cast<std::make_unsigned_t<Integer>>(static_cast<unsigned char>(from[index]));
    bits = static_cast<std::make_unsigned_t<Integer>>(bits | (byte << (8 * index)));
  }
  return static_cast<Integer>(bits);
}

template <class Integer>
inline void append_little_endian(std::string& to, Integer value) {
  char bytes[sizeof(Integer)];
  store_little_endian(bytes, value);
  to.append(bytes, sizeof(Integer));
}

}  // namespace gatehouse
