// Random secrets of the server's own, one file each under <data>/keys: what confirmation tokens are authenticated with.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "identity/private_file.hpp"
#include "identity/secret.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t server_secret_bytes = 32;

// <data>/keys/<name>.key; `name` is of lower-case letters, digits and '-'.
[[nodiscard]] std::filesystem::path file_of_secret(const std::filesystem::path& data_directory, std::string_view name);

// Of what such a file holds: the secret, and 4 bytes of its SHA-256 by which damage is found; earlier versions wrote the secret alone. Or what is wrong with it.
[[nodiscard]] tl::expected<Secret, std::string> secret_in(const Secret& file);

// The file is made on the first call.
[[nodiscard]] tl::expected<Secret, PrivateFileError> load_or_create_secret(const std::filesystem::path& data_directory,
                                                                           std::string_view name);

}  // namespace gatehouse::identity
