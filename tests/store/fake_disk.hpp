// A disk that can be told what to do wrong: refuse writes or syncs, tear a write, or run full. Files are real.
#pragma once
#include <memory>
#include <optional>

#include "store/disk.hpp"

namespace gatehouse::testing {

class FakeDisk final : public Disk {
 public:
  std::optional<std::uint64_t> free_bytes_told;
  bool writes_fail = false;
  bool syncs_fail = false;
  bool reserve_fails = false;

  [[nodiscard]] tl::expected<std::unique_ptr<DiskFile>, std::error_code> open(const std::filesystem::path& path,
                                                                              OpenMode mode) override {
    auto file = posix_disk()->open(path, mode);
    if (!file)
      return file;
    return std::make_unique<File>(*this, std::move(*file));
  }
  [[nodiscard]] std::error_code rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return posix_disk()->rename(from, to);
  }
  [[nodiscard]] std::error_code reserve(const std::filesystem::path& path, std::uint64_t bytes) override {
    return reserve_fails ? std::make_error_code(std::errc::no_space_on_device) : posix_disk()->reserve(path, bytes);
  }
  [[nodiscard]] std::error_code remove(const std::filesystem::path& path) override {
    return posix_disk()->remove(path);
  }
  [[nodiscard]] tl::expected<std::uint64_t, std::error_code> free_bytes(const std::filesystem::path& path) override {
    if (free_bytes_told)
      return *free_bytes_told;
    return posix_disk()->free_bytes(path);
  }

 private:
  class File final : public DiskFile {
   public:
    File(const FakeDisk& disk, std::unique_ptr<DiskFile> file) : disk_(disk), file_(std::move(file)) {}
    [[nodiscard]] tl::expected<std::string, std::error_code> read_at(std::uint64_t offset,
                                                                     std::size_t bytes) const override {
      return file_->read_at(offset, bytes);
    }
    [[nodiscard]] std::error_code write_at(std::uint64_t offset, std::string_view bytes) override {
      return disk_.writes_fail ? std::make_error_code(std::errc::io_error) : file_->write_at(offset, bytes);
    }
    [[nodiscard]] std::error_code sync() override {
      return disk_.syncs_fail ? std::make_error_code(std::errc::io_error) : file_->sync();
    }

   private:
    const FakeDisk& disk_;
    std::unique_ptr<DiskFile> file_;
  };
};

}  // namespace gatehouse::testing
