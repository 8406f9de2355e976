// One file for each log, named by the SHA-256 of its origin, replaced as a whole.
#pragma once
#include <filesystem>

#include "witness/checkpoint_store.hpp"

namespace gatehouse::witness {

class CheckpointFiles final : public CheckpointStore {
 public:
  // Makes the folder.
  explicit CheckpointFiles(std::filesystem::path folder);
  [[nodiscard]] std::optional<std::string> load(std::string_view origin) override;
  void save(std::string_view origin, std::string_view checkpoint) override;

 private:
  [[nodiscard]] std::filesystem::path file_of(std::string_view origin) const;
  std::filesystem::path folder_;
};

}  // namespace gatehouse::witness
