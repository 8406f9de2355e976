// Why a backup cannot be made, proven or restored.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "backup/open_files.hpp"

namespace gatehouse {

struct BackupError {
  bool
      is_damage{};  // what is stored is not what was stored; otherwise it could not be looked at, or was asked for in vain
  std::string detail;
};

template <class T>
using BackupResult = tl::expected<T, BackupError>;

[[nodiscard]] inline tl::unexpected<BackupError> backup_failed(std::string detail) {
  if (tells_of_open_files(detail))
    detail += "; " + std::string(raise_open_files);
  return tl::unexpected(BackupError{false, std::move(detail)});
}
// Unless it could not be opened for want of open files, or the copy that is to be proven not be made for want of room.
[[nodiscard]] inline tl::unexpected<BackupError> backup_damaged(std::string detail) {
  if (tells_of_open_files(detail) || detail.find("No space left on device") != std::string::npos)
    return backup_failed(std::move(detail));
  return tl::unexpected(BackupError{true, std::move(detail)});
}

// How a running server's backups tell of damage, for people and for `gatehouse backup`, which asks it for one.
inline constexpr std::string_view damage_words = "damaged: ";
[[nodiscard]] inline std::string told(const BackupError& error) {
  return (error.is_damage ? std::string(damage_words) : std::string()) + error.detail;
}

// Thrown out of a progress callback by whoever wants no more of it.
struct BackupCancelled {};

}  // namespace gatehouse
