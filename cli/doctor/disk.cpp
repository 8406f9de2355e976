#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/doctor/checks.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::uint64_t free_inodes_min = 10'000;
constexpr std::size_t syncs = 32, synced_bytes = 4096;
constexpr std::chrono::microseconds slow_group{20'000};
constexpr auto make_room = "make room on the disk, or move the data to a larger one";

struct KnownFileSystem {
  std::uint64_t magic;  // statfs(2)
  std::string_view name;
  std::string_view trouble;  // empty: suits a log
};
constexpr std::string_view gone = "what is in it is gone after a restart of the machine";
constexpr std::string_view remote = "locks and syncs of network file systems promise less than a disk's";
constexpr std::array known_file_systems{
    KnownFileSystem{0xEF53, "ext4", ""},
    KnownFileSystem{0x58465342, "xfs", ""},
    KnownFileSystem{0x9123683E, "btrfs", ""},
    KnownFileSystem{0x2FC12FC1, "zfs", ""},
    KnownFileSystem{0xF2F52010, "f2fs", ""},
    KnownFileSystem{0x01021994, "tmpfs", gone},
    KnownFileSystem{0x858458F6, "ramfs", gone},
    KnownFileSystem{0x6969, "nfs", remote},
    KnownFileSystem{0xFF534D42, "cifs", remote},
    KnownFileSystem{0xFE534D42, "smb2", remote},
    KnownFileSystem{0x00C36400, "ceph", remote},
    KnownFileSystem{0x01021997, "9p", remote},
    KnownFileSystem{0x65735546, "fuse", remote},
    KnownFileSystem{0x794C7630, "overlayfs", "a container's own layer goes with the container"}};

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

// The folder, or the one that it will be made in.
std::filesystem::path existing(std::filesystem::path folder) {
  folder = std::filesystem::absolute(folder);
  while (!std::filesystem::exists(folder) && folder.has_relative_path())
    folder = folder.parent_path();
  return folder;
}

Room room_of(const std::filesystem::path& folder, const std::filesystem::path& data,
             const Configuration& configuration) {
  struct statvfs status {};
  if (::statvfs(folder.c_str(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), folder.string());
  std::error_code missing;
  const auto ballast = std::filesystem::file_size(data / "ballast", missing);
  return {.free_bytes = status.f_bavail * status.f_frsize,
          .free_inodes = status.f_favail,
          .counts_inodes = status.f_files > 0,
          .has_ballast = configuration.ballast_bytes == 0 || (!missing && ballast == configuration.ballast_bytes)};
}

// Gone whatever becomes of us.
class NamelessFile {
 public:
  explicit NamelessFile(const std::filesystem::path& folder)
      : number_(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
    if (number_ < 0)
      throw std::system_error(errno, std::generic_category(), "a nameless file in " + folder.string());
  }
  ~NamelessFile() { ::close(number_); }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

using Times = std::vector<std::chrono::microseconds>;

std::chrono::microseconds median(Times times) {
  std::ranges::nth_element(times, times.begin() + syncs / 2);
  return times[syncs / 2];
}

// Of synced writes to the blocks of a file one after the other.
std::chrono::microseconds median_write(int file) {
  using Clock = std::chrono::steady_clock;
  const std::vector<char> bytes(synced_bytes, 'x');
  Times times;
  for (std::size_t at = 0; at < syncs; ++at) {
    const auto begin = Clock::now();
    if (::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at * bytes.size())) < 0 || ::fdatasync(file) != 0)
      throw std::system_error(errno, std::generic_category(), "a synced write");
    times.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin));
  }
  return median(std::move(times));
}

// What a group of commands waits for: the log grows, the witness is written in its place.
std::chrono::microseconds time_of_group(const std::filesystem::path& folder) {
  const NamelessFile file(folder);
  const auto growing = median_write(file.number());
  return growing + median_write(file.number());
}

Finding check_sync(const std::filesystem::path& folder) try {
  return judge_sync(time_of_group(folder));
} catch (const std::system_error& error) {
  if (error.code() != std::errc::no_space_on_device)
    throw;
  return {"sync speed", Verdict::wrong, "cannot be measured: the disk is full", make_room};
}

}  // namespace

Finding check_file_system(std::uint64_t magic) {
  const auto* known = std::ranges::find(known_file_systems, magic, &KnownFileSystem::magic);
  if (known == known_file_systems.end())
    return {"file system", Verdict::ok, "of a kind without a remark (" + std::to_string(magic) + ")"};
  if (!known->trouble.empty())
    return {"file system", Verdict::warning, std::string(known->name) + ": " + std::string(known->trouble),
            "put the data on a file system of a disk, such as ext4 or xfs"};
  return {"file system", Verdict::ok, std::string(known->name)};
}

Findings judge_room(const Room& room, const Configuration& configuration, bool has_log) {
  const auto least = configuration.free_bytes_min;
  const auto seen = mebibytes(room.free_bytes) + " free; appends stop below " + mebibytes(least);
  Findings findings;
  if (room.free_bytes < least)
    findings.push_back({"space", Verdict::wrong, seen, make_room});
  else if (room.free_bytes < 2 * least + (room.has_ballast ? 0 : configuration.ballast_bytes))
    findings.push_back({"space", Verdict::warning, seen, make_room});
  else
    findings.push_back({"space", Verdict::ok, seen});
  if (has_log && !room.has_ballast)
    findings.push_back({"ballast", Verdict::warning,
                        "the file that keeps back " + mebibytes(configuration.ballast_bytes) + " is not there",
                        "make room: the server makes it again when there is enough"});
  if (room.counts_inodes && room.free_inodes < free_inodes_min)
    findings.push_back({"inodes", Verdict::warning, std::to_string(room.free_inodes) + " files more can be made",
                        "delete small files, or make a file system with more inodes"});
  else
    findings.push_back({"inodes", Verdict::ok,
                        room.counts_inodes ? std::to_string(room.free_inodes) + " free" : "without a fixed number"});
  return findings;
}

Finding judge_sync(std::chrono::microseconds group) {
  const auto groups = 1'000'000 / std::max<std::int64_t>(1, group.count());
  const auto seen = "log and witness take " + std::to_string(group.count()) + " us: about " + std::to_string(groups) +
                    " commands/s one after the other, many times that side by side";
  if (group > slow_group)
    return {"sync speed", Verdict::warning, seen, "use a disk that syncs faster: every command waits for it"};
  return {"sync speed", Verdict::ok, seen};
}

Findings check_disk(const std::filesystem::path& data, const Configuration& configuration, bool has_log) {
  const auto folder = existing(data);
  struct statfs status {};
  if (::statfs(folder.c_str(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), folder.string());
  Findings findings{check_file_system(static_cast<std::uint64_t>(status.f_type) & 0xFFFF'FFFFU)};
  for (auto& finding : judge_room(room_of(folder, data, configuration), configuration, has_log))
    findings.push_back(std::move(finding));
  findings.push_back(check_sync(folder));
  return findings;
}

}  // namespace gatehouse::cli
