// Files that only the server may read: keys and secrets, under a directory of mode 0700, each of mode 0600. A file is
// created complete or not at all, and is on disk before it counts, so two processes that start together agree on one. A
// file or directory that others can reach is refused: what it holds may be known already.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "identity/secret.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t private_file_bytes_max = 16 * 1024;

// What is wrong, with the path and what to do about it; never the content.
struct PrivateFileError {
  std::string detail;
};

[[nodiscard]] tl::expected<void, PrivateFileError> make_private_directory(const std::filesystem::path& directory);

// False when there is such a file already.
[[nodiscard]] tl::expected<bool, PrivateFileError> create_private_file(const std::filesystem::path& file,
                                                                       const Secret& content);

// An empty secret when there is no such file.
[[nodiscard]] tl::expected<Secret, PrivateFileError> read_private_file(const std::filesystem::path& file);

}  // namespace gatehouse::identity
