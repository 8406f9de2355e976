#include "identity/server_secret.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "identity/digest.hpp"
#include "identity/secure_random.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
  });
}

using Check = std::array<std::uint8_t, 4>;

Check check_of(std::span<const std::uint8_t> secret) {
  const auto digest = sha256({reinterpret_cast<const char*>(secret.data()), secret.size()});
  Check check{};
  std::copy_n(digest.begin(), check.size(), check.begin());
  return check;
}

}  // namespace

std::filesystem::path file_of_secret(const std::filesystem::path& data_directory, std::string_view name) {
  GATEHOUSE_ASSERT(is_plain_name(name));
  return data_directory / "keys" / (std::string{name} + ".key");
}

tl::expected<Secret, std::string> secret_in(const Secret& file) {
  const auto bytes = file.reveal();
  if (bytes.size() != server_secret_bytes && bytes.size() != server_secret_bytes + Check().size())
    return tl::unexpected("does not hold " + std::to_string(server_secret_bytes) + " bytes and their check");
  const auto secret = bytes.first(server_secret_bytes), check = bytes.subspan(server_secret_bytes);
  if (!check.empty() && !std::ranges::equal(check_of(secret), check))
    return tl::unexpected(std::string("is damaged: it does not fit its check"));
  return Secret{std::vector<std::uint8_t>(secret.begin(), secret.end())};
}

tl::expected<Secret, PrivateFileError> load_or_create_secret(const std::filesystem::path& data_directory,
                                                             std::string_view name) {
  const auto file = file_of_secret(data_directory, name);
  if (auto made = make_private_directory(file.parent_path()); !made) {
    return tl::unexpected{made.error()};
  }
  auto secret = read_private_file(file);
  if (secret && secret->size() == 0) {
    std::vector<std::uint8_t> bytes(server_secret_bytes);
    fill_with_random(bytes);
    const auto check = check_of(bytes);
    bytes.insert(bytes.end(), check.begin(), check.end());
    if (auto created = create_private_file(file, Secret{std::move(bytes)}); !created) {
      return tl::unexpected{created.error()};
    }
    secret = read_private_file(file);
  }
  if (!secret)
    return secret;
  auto found = secret_in(*secret);
  if (!found)
    return tl::unexpected{PrivateFileError{file.string() + ": " + found.error()}};
  return std::move(*found);
}

}  // namespace gatehouse::identity
