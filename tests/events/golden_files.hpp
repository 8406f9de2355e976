// The golden files: for every version of every event that was ever stored, a sealed frame with the least, with ordinary and with the most
// content, and its text. They are written once and never change: what old logs hold must be readable for ever.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testing {

// A version of an event: how its golden files are made, and how their bodies are shown and encoded again.
struct GoldenVersion {
  std::string name;  // <Type>.v<version>
  std::uint32_t type{};
  std::uint16_t version{};
  bool newest{};
  std::string (*make_frame)(std::string_view size, std::uint64_t number){};
  // Empty when the bytes are not those of this version.
  std::string (*show)(std::string_view body, std::string_view personal){};
  bool (*encodes_back)(std::string_view body, std::string_view personal){};
};

inline constexpr std::string_view golden_sizes[] = {"minimal", "typical", "maximal"};

[[nodiscard]] std::vector<GoldenVersion> golden_versions();

[[nodiscard]] std::filesystem::path golden_folder();
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// The envelope of a sealed frame as text.
[[nodiscard]] std::string show_envelope(std::string_view frame);

// SHA256SUMS, as sha256sum reads it: file name to digest.
[[nodiscard]] std::map<std::string, std::string> read_checksums();
[[nodiscard]] std::string sha256_text(std::string_view bytes);

// Writes what is missing, and nothing else.
void write_missing_golden_files();

}  // namespace gatehouse::testing
