#include "identity/server_secret.hpp"

#include <algorithm>

#include "identity/secure_random.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
  });
}

}  // namespace

tl::expected<Secret, PrivateFileError> load_or_create_secret(const std::filesystem::path& data_directory,
                                                             std::string_view name) {
  GATEHOUSE_ASSERT(is_plain_name(name));
  const auto directory = data_directory / "keys";
  const auto file = directory / (std::string{name} + ".key");
  if (auto made = make_private_directory(directory); !made) {
    return tl::unexpected{made.error()};
  }
  auto secret = read_private_file(file);
  if (secret && secret->size() == 0) {
    std::vector<std::uint8_t> bytes(server_secret_bytes);
    fill_with_random(bytes);
    if (auto created = create_private_file(file, Secret{std::move(bytes)}); !created) {
      return tl::unexpected{created.error()};
    }
    secret = read_private_file(file);
  }
  if (secret && secret->size() != server_secret_bytes) {
    return tl::unexpected{PrivateFileError{file.string() + ": does not hold 32 bytes"}};
  }
  return secret;
}

}  // namespace gatehouse::identity
