// The files that a backup consists of, with their SHA-256: what its manifest vouches for. As text, a line for each:
//   <base64> <bytes> <path below the folder of the backups>
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse {

struct ListedFile {
  std::string path;
  std::uint64_t bytes{};
  Digest digest{};
  bool operator==(const ListedFile&) const = default;
};
using FileList = std::vector<ListedFile>;

[[nodiscard]] std::string to_text(const FileList& files);
// Nothing when it is not of that form.
[[nodiscard]] std::optional<FileList> parse_file_list(std::string_view text);

// Told how many bytes more were read or written; may throw BackupCancelled.
using BytesSink = std::function<void(std::uint64_t bytes)>;

// Of a file's bytes. `bytes` of the answer is how many there were.
[[nodiscard]] tl::expected<ListedFile, std::error_code> digest_of(const std::filesystem::path& folder, std::string path,
                                                                  const BytesSink& progress);

}  // namespace gatehouse
