#include "store/lenient_logger.hpp"

#include <rocksdb/env.h>

#include <array>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <system_error>

namespace gatehouse {

namespace {

constexpr std::size_t line_bytes_max = 4'096;
constexpr std::size_t file_bytes_max = 16U << 20;  // what an error that comes again and again may take

class LenientLogger final : public rocksdb::Logger {
 public:
  explicit LenientLogger(std::FILE* file) : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), file_(file) {}
  LenientLogger(const LenientLogger&) = delete;
  LenientLogger& operator=(const LenientLogger&) = delete;
  ~LenientLogger() override {
    if (file_ != nullptr)
      std::fclose(file_);
  }

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, line_bytes_max> line{};
    std::vsnprintf(line.data(), line.size(), format, arguments);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::lock_guard lock(mutex_);
    if (file_ == nullptr || written_ > file_bytes_max)
      return;
    const int count = std::fprintf(
        file_, "%lld %s\n", static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()),
        line.data());
    written_ += count > 0 ? static_cast<std::size_t>(count) : 0;
    std::fflush(file_);
  }

 private:
  std::FILE* file_;  // null: nothing is kept
  std::mutex mutex_;
  std::size_t written_{};
};

}  // namespace

std::shared_ptr<rocksdb::Logger> make_lenient_logger(const std::string& folder) {
  const auto path = std::filesystem::path(folder) / "LOG";
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  std::filesystem::rename(path, path.native() + ".old", failure);
  return std::make_shared<LenientLogger>(std::fopen(path.c_str(), "we"));
}

std::shared_ptr<rocksdb::Logger> make_silent_logger() { return std::make_shared<LenientLogger>(nullptr); }

}  // namespace gatehouse
