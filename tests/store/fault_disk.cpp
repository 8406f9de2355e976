#include <vector>

#include "tests/store/fault_file_system.hpp"

namespace gatehouse::testing {

namespace {

using Operation = FaultPlan::Operation;
using Verdict = FaultPlan::Verdict;

std::error_code failure(Verdict verdict) {
  return std::make_error_code(verdict == Verdict::fail_no_space ? std::errc::no_space_on_device : std::errc::io_error);
}

class FaultDiskFile final : public DiskFile {
 public:
  FaultDiskFile(std::unique_ptr<DiskFile> file, FaultPlan& plan) : file_(std::move(file)), plan_(plan) {}

  [[nodiscard]] tl::expected<std::string, std::error_code> read_at(std::uint64_t offset,
                                                                   std::size_t bytes) const override {
    return file_->read_at(offset, bytes);
  }

  [[nodiscard]] std::error_code write_at(std::uint64_t offset, std::string_view bytes) override {
    // Writing in place takes no space.
    const auto verdict = plan_.next(Operation::name);
    if (verdict == Verdict::fail_with_half)
      static_cast<void>(file_->write_at(offset, bytes.substr(0, torn_bytes)));
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect)
      unsynced_.push_back({offset, std::string(bytes)});
    return verdict == Verdict::go ? std::error_code() : failure(verdict);
  }

  [[nodiscard]] std::error_code sync() override {
    const auto verdict = plan_.next(Operation::sync);
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect || verdict == Verdict::fail_with_half) {
      const auto bytes_max = verdict == Verdict::fail_with_half ? torn_bytes : std::string::npos;
      for (const auto& [offset, bytes] : unsynced_)
        static_cast<void>(file_->write_at(offset, std::string_view(bytes).substr(0, bytes_max)));
      unsynced_.clear();
    }
    return verdict == Verdict::go ? std::error_code() : failure(verdict);
  }

 private:
  static constexpr std::size_t torn_bytes = 64;  // inside the content of a slot

  struct Write {
    std::uint64_t offset{};
    std::string bytes;
  };

  std::unique_ptr<DiskFile> file_;
  FaultPlan& plan_;
  std::vector<Write> unsynced_;
};

class FaultDisk final : public Disk {
 public:
  explicit FaultDisk(std::shared_ptr<FaultPlan> plan) : plan_(std::move(plan)) {}

  [[nodiscard]] tl::expected<std::unique_ptr<DiskFile>, std::error_code> open(const std::filesystem::path& path,
                                                                              OpenMode mode) override {
    if (mode == OpenMode::create) {
      const auto verdict = plan_->next(Operation::grow);
      if (verdict != Verdict::go)
        return tl::unexpected(failure(verdict));
    }
    auto file = posix_disk()->open(path, mode);
    if (!file)
      return file;
    return std::make_unique<FaultDiskFile>(std::move(*file), *plan_);
  }

  [[nodiscard]] std::error_code rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    const auto verdict = plan_->next(Operation::name);
    std::error_code error;
    if (verdict == Verdict::go || verdict == Verdict::fail_with_effect)
      std::filesystem::rename(from, to, error);
    return verdict == Verdict::go ? error : failure(verdict);
  }

  [[nodiscard]] std::error_code reserve(const std::filesystem::path&, std::uint64_t) override { return {}; }
  [[nodiscard]] std::error_code remove(const std::filesystem::path&) override { return {}; }
  [[nodiscard]] tl::expected<std::uint64_t, std::error_code> free_bytes(const std::filesystem::path&) override {
    return std::uint64_t{1} << 40;
  }

 private:
  std::shared_ptr<FaultPlan> plan_;
};

}  // namespace

std::shared_ptr<Disk> fault_disk(std::shared_ptr<FaultPlan> plan) {
  return std::make_shared<FaultDisk>(std::move(plan));
}

}  // namespace gatehouse::testing
