#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "outbound/mailer.hpp"

namespace gatehouse::outbound {

namespace {

constexpr mode_t own_file = 0600;
constexpr mode_t own_folder = 0700;

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0;
}

class OutboxFolder final : public Mailer {
 public:
  explicit OutboxFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_.parent_path());
    if (mkdir(folder_.c_str(), own_folder) != 0 && errno != EEXIST)
      throw std::runtime_error("cannot make " + folder_.string() + ": " + std::strerror(errno));
  }

  MailOutcome send(std::string_view /*from*/, std::string_view /*to*/, std::string_view message_id,
                   std::string_view message) override {
    const auto file = folder_ / (std::string(message_id) + ".eml");
    const auto unfinished = file.string() + ".part";
    const int descriptor = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, own_file);
    if (descriptor < 0)
      return failed("open");
    const bool written = write_all(descriptor, message);
    close(descriptor);
    if (!written)
      return failed("write");
    if (std::rename(unfinished.c_str(), file.c_str()) != 0)
      return failed("rename");
    return {.sent = true};
  }

 private:
  static MailOutcome failed(const char* step) {
    return {.sent = false, .final = false, .reason = std::string("outbox ") + step + ": " + std::strerror(errno)};
  }

  const std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<Mailer> make_outbox_folder(std::filesystem::path folder) {
  return std::make_unique<OutboxFolder>(std::move(folder));
}

}  // namespace gatehouse::outbound
