// Damages files the way disks and people do.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace gatehouse::testing {

[[nodiscard]] inline std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_whole(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline void flip_bit(const std::filesystem::path& path, std::uint64_t bit) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto at = static_cast<std::streamoff>(bit / 8);
  file.seekg(at);
  const auto flipped = static_cast<char>(file.get() ^ (1 << (bit % 8)));
  file.seekp(at);
  file.put(flipped);
}

}  // namespace gatehouse::testing
