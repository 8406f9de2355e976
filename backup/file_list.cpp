#include "backup/file_list.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include "table/assert.hpp"
#include "tlog/hash.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t block_bytes = 1U << 20;
constexpr std::size_t digest_length = 44;  // in base64

using HashContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::optional<ListedFile> parse_line(std::string_view line) {
  if (line.size() < digest_length + 4 || line[digest_length] != ' ')
    return std::nullopt;
  const auto digest = tlog::hash_from_base64(line.substr(0, digest_length));
  const auto rest = line.substr(digest_length + 1);
  ListedFile file;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), file.bytes);
  const auto digits = static_cast<std::size_t>(end - rest.data());
  if (!digest || error != std::errc{} || digits + 1 >= rest.size() || rest[digits] != ' ')
    return std::nullopt;
  file.path = rest.substr(digits + 1);
  file.digest = *digest;
  return file;
}

// Closed at the end of the block, also when progress() throws.
struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0)
      ::close(number);
  }
};

}  // namespace

std::string to_text(const FileList& files) {
  std::string text;
  for (const auto& file : files)
    text += tlog::to_base64(file.digest) + " " + std::to_string(file.bytes) + " " + file.path + "\n";
  return text;
}

std::optional<FileList> parse_file_list(std::string_view text) {
  FileList files;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto file = end == std::string_view::npos ? std::nullopt : parse_line(text.substr(0, end));
    if (!file)
      return std::nullopt;
    files.push_back(std::move(*file));
    text.remove_prefix(end + 1);
  }
  return files;
}

tl::expected<ListedFile, std::error_code> digest_of(const std::filesystem::path& folder, std::string path,
                                                    const BytesSink& progress) {
  const auto last_error = [] { return tl::unexpected(std::error_code(errno, std::generic_category())); };
  ListedFile file{.path = std::move(path)};
  const Descriptor descriptor{::open((folder / file.path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat status {};
  if (descriptor.number < 0 || ::fstat(descriptor.number, &status) != 0)
    return last_error();
  if (!S_ISREG(status.st_mode))  // a pipe would be waited for
    return tl::unexpected(std::make_error_code(std::errc::operation_not_supported));
  const HashContext hash(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  GATEHOUSE_ASSERT(hash && EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) == 1);
  std::vector<char> block(block_bytes);
  for (;;) {
    const auto count = ::read(descriptor.number, block.data(), block.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return last_error();
    if (count == 0)
      break;
    GATEHOUSE_ASSERT(EVP_DigestUpdate(hash.get(), block.data(), static_cast<std::size_t>(count)) == 1);
    file.bytes += static_cast<std::uint64_t>(count);
    if (progress)
      progress(static_cast<std::uint64_t>(count));
  }
  GATEHOUSE_ASSERT(EVP_DigestFinal_ex(hash.get(), file.digest.data(), nullptr) == 1);
  return file;
}

}  // namespace gatehouse
