// Where a witness remembers the last checkpoint that it cosigned of each log. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::witness {

class CheckpointStore {
 public:
  virtual ~CheckpointStore() = default;
  // The text of the checkpoint's note, without signatures. Nothing when there is none; throws std::runtime_error when it cannot be read.
  [[nodiscard]] virtual std::optional<std::string> load(std::string_view origin) = 0;
  // On disk when it returns; throws std::runtime_error when it is not.
  virtual void save(std::string_view origin, std::string_view checkpoint) = 0;
};

}  // namespace gatehouse::witness
