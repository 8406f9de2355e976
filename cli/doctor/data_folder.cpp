#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "cli/doctor/checks.hpp"
#include "cli/outbound_hold.hpp"
#include "identity/private_file.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"

namespace gatehouse::cli {

namespace {

std::string user_name(uid_t user) {
  const auto* entry = ::getpwuid(user);  // NOLINT: one thread
  return entry == nullptr ? "user " + std::to_string(user) : entry->pw_name;
}

struct stat status_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), path.string());
  return status;
}

// Files that root made in a folder of the server's user, by a tool that was run as root: the server cannot write, or will not read, them.
std::optional<std::filesystem::path> foreign_in(const std::filesystem::path& folder, uid_t owner) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    struct stat status {};  // RocksDB may take a file away while we look
    if (::lstat(entry.path().c_str(), &status) == 0 && status.st_uid != owner)
      return entry.path();
  }
  return std::nullopt;
}

Finding check_key_file(const std::filesystem::path& file) {
  const auto secret = identity::read_private_file(file);
  if (!secret)
    return {"keys", Verdict::wrong, secret.error().detail,
            "only its owner, the server's user, may read it: chmod 0600 " + file.string()};
  if (file.extension() == ".key") {
    if (const auto found = identity::secret_in(*secret); !found)
      return {"keys", Verdict::wrong, file.string() + " " + found.error(), "bring it back from a backup"};
  }
  return {"keys", Verdict::ok, file.filename().string()};
}

}  // namespace

Finding check_data_folder(const std::filesystem::path& data) {
  std::error_code error;
  if (!std::filesystem::exists(data, error)) {
    if (error)
      return {"data", Verdict::wrong, data.string() + ": " + error.message(),
              "run this as root, or as the server's user"};
    return {"data", Verdict::ok, data.string() + " is not there yet; the first start makes it"};
  }
  const auto status = status_of(std::filesystem::canonical(data));
  if (!S_ISDIR(status.st_mode))
    return {"data", Verdict::wrong, data.string() + " is no folder", "name a folder as data"};
  const auto owner = user_name(status.st_uid);
  if (::geteuid() != 0 && ::geteuid() != status.st_uid)
    return {"data", Verdict::wrong,
            data.string() + " belongs to " + owner + ", and this is run by " + user_name(::geteuid()),
            "run this, and the server, as " + owner};
  if ((status.st_mode & S_IWOTH) != 0)
    return {"data", Verdict::wrong, data.string() + " can be written by every user", "chmod o= " + data.string()};
  if (const auto foreign = foreign_in(data, status.st_uid))
    return {"data", Verdict::wrong, foreign->string() + " does not belong to " + owner + ", who owns the data",
            "chown -R " + owner + ": " + data.string()};
  if ((status.st_mode & S_IRWXO) != 0)
    return {"data", Verdict::warning, data.string() + " is open to every user, and what is in it tells of people",
            "chmod -R o= " + data.string()};
  return {"data", Verdict::ok, data.string() + " belongs to " + owner + ", with all that is in it"};
}

Findings check_keys(const std::filesystem::path& data, bool has_events) {
  const auto folder = data / "keys";
  if (!std::filesystem::exists(folder)) {
    if (!has_events)
      return {{"keys", Verdict::ok, "none yet; the first start makes them"}};
    return {
        {"keys", Verdict::wrong, "there is a log, but no folder " + folder.string(),
         "bring the folder back from a backup: new keys would invalidate tokens and sign the log under another name"}};
  }
  if (!std::filesystem::is_directory(folder))
    return {{"keys", Verdict::wrong, folder.string() + " is no folder", "bring the folder back from a backup"}};
  if ((status_of(folder).st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return {{"keys", Verdict::wrong, folder.string() + " is open to other users",
             "chmod 0700 " + folder.string() + ", and replace the keys if others could read them"}};
  Findings findings;
  std::size_t fine = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    auto finding = check_key_file(entry.path());
    if (finding.verdict == Verdict::ok)
      ++fine;
    else
      findings.push_back(std::move(finding));
  }
  for (const auto name : {identity::token_key, identity::log_key}) {
    const auto key = identity::load_key(data, name);
    if (key || !has_events || !findings.empty())
      continue;
    const auto file = identity::file_of_key(data, name);
    if (is_outbound_held(data))
      findings.push_back({"keys", Verdict::ok, "the log was restored or imported: its first start makes its own"});
    else
      findings.push_back({"keys", Verdict::wrong,
                          std::filesystem::exists(file) ? key.error().detail : file.string() + " is not there",
                          "bring it back from a backup"});
  }
  if (const auto webhooks = identity::file_of_secret(data, "webhooks");
      has_events && !is_outbound_held(data) && !std::filesystem::exists(webhooks))
    findings.push_back({"keys", Verdict::wrong, webhooks.string() + " is not there",
                        "bring it back from a backup: without it the server does not start"});
  if (findings.empty())
    findings.push_back({"keys", Verdict::ok, std::to_string(fine) + " files, readable by their owner alone"});
  return findings;
}

}  // namespace gatehouse::cli
