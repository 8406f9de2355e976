#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "outbound/mailer.hpp"

namespace gatehouse::outbound {

namespace {

constexpr mode_t own_file = 0600;
constexpr mode_t own_folder = 0700;
constexpr std::string_view about_header = "X-Gatehouse-About:";

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

  MailOutcome send(const Mail& mail) override {
    const std::lock_guard lock(mutex_);
    const auto is_forgotten = [&](const std::string& subject) { return forgotten_.contains(subject); };
    if (std::ranges::any_of(mail.about, is_forgotten))
      return {.sent = false, .final = true, .reason = "it is about somebody who was erased"};
    const auto file = folder_ / (mail.message_id + ".eml");
    const auto unfinished = file.string() + ".part";
    const int descriptor = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, own_file);
    if (descriptor < 0)
      return failed("open");
    const bool written = write_all(descriptor, about_line(mail) + compose(mail));
    close(descriptor);
    if (!written)
      return failed("write");
    if (std::rename(unfinished.c_str(), file.c_str()) != 0)
      return failed("rename");
    return {.sent = true};
  }

  void forget(const std::vector<std::string>& subjects) override {
    const std::lock_guard lock(mutex_);
    forgotten_.insert(subjects.begin(), subjects.end());
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (is_about(entry.path(), subjects))
        std::filesystem::remove(entry.path());
    }
  }

 private:
  static std::string about_line(const Mail& mail) {
    std::string line(about_header);
    for (const auto& subject : mail.about)
      line += " " + subject;
    return line + "\r\n";
  }

  static bool is_about(const std::filesystem::path& file, const std::vector<std::string>& subjects) {
    std::ifstream mail(file);
    std::string word;
    if (!(mail >> word) || word != about_header)
      return false;
    std::string line;
    std::getline(mail, line);
    std::istringstream named(line);
    while (named >> word) {
      if (std::ranges::find(subjects, word) != subjects.end())
        return true;
    }
    return false;
  }

  static MailOutcome failed(const char* step) {
    return {.sent = false, .final = false, .reason = std::string("outbox ") + step + ": " + std::strerror(errno)};
  }

  const std::filesystem::path folder_;
  std::mutex mutex_;
  std::set<std::string> forgotten_;  // since the start: no mail that was begun before is left then
};

}  // namespace

std::unique_ptr<Mailer> make_outbox_folder(std::filesystem::path folder) {
  return std::make_unique<OutboxFolder>(std::move(folder));
}

}  // namespace gatehouse::outbound
