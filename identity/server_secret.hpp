// Random secrets of the server's own, one file each under <data>/keys: what confirmation tokens are authenticated with.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string_view>

#include <tl/expected.hpp>

#include "identity/private_file.hpp"
#include "identity/secret.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t server_secret_bytes = 32;

// `name` is of lower-case letters, digits and '-'; the file is <data>/keys/<name>.key, made on the first call.
[[nodiscard]] tl::expected<Secret, PrivateFileError> load_or_create_secret(const std::filesystem::path& data_directory,
                                                                           std::string_view name);

}  // namespace gatehouse::identity
