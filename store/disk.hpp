// What the store needs of the operating system besides RocksDB: small files written in place, the free space, the ballast. A seam, so
// that tests can make every write and sync fail, tear or vanish. Implementations may be used from any thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>

namespace gatehouse {

class DiskFile {
 public:
  virtual ~DiskFile() = default;
  // Fewer bytes than asked for only at the end of the file.
  [[nodiscard]] virtual tl::expected<std::string, std::error_code> read_at(std::uint64_t offset,
                                                                           std::size_t bytes) const = 0;
  [[nodiscard]] virtual std::error_code write_at(std::uint64_t offset, std::string_view bytes) = 0;
  // After an error it is unknown what of the writes since the last sync is durable.
  [[nodiscard]] virtual std::error_code sync() = 0;
};

class Disk {
 public:
  enum class OpenMode { read, write, create };

  virtual ~Disk() = default;
  [[nodiscard]] virtual tl::expected<std::unique_ptr<DiskFile>, std::error_code> open(const std::filesystem::path& path,
                                                                                      OpenMode mode) = 0;
  // Replaces what was at `to`; durable on return.
  [[nodiscard]] virtual std::error_code rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  // A file that really occupies `bytes`; nothing is left of it after an error.
  [[nodiscard]] virtual std::error_code reserve(const std::filesystem::path& path, std::uint64_t bytes) = 0;
  [[nodiscard]] virtual std::error_code remove(const std::filesystem::path& path) = 0;
  [[nodiscard]] virtual tl::expected<std::uint64_t, std::error_code>
  free_bytes(const std::filesystem::path& directory) = 0;
};

[[nodiscard]] std::shared_ptr<Disk> posix_disk();

}  // namespace gatehouse
