// Why a backup cannot be made, proven or restored.
#pragma once
#include <string>
#include <tl/expected.hpp>

namespace gatehouse {

struct BackupError {
  bool
      is_damage{};  // what is stored is not what was stored; otherwise it could not be looked at, or was asked for in vain
  std::string detail;
};

template <class T>
using BackupResult = tl::expected<T, BackupError>;

[[nodiscard]] inline tl::unexpected<BackupError> backup_failed(std::string detail) {
  return tl::unexpected(BackupError{false, std::move(detail)});
}
[[nodiscard]] inline tl::unexpected<BackupError> backup_damaged(std::string detail) {
  return tl::unexpected(BackupError{true, std::move(detail)});
}

// Thrown out of a progress callback by whoever wants no more of it.
struct BackupCancelled {};

}  // namespace gatehouse
