// The checkpoint that was published last, in a file: what was shown once is shown again after a restart, whoever of the witnesses answers, and a log that is not the one
// of which it was signed is told from it, as is a key by which it was not. One thread at a time.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "store/disk.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/note.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

inline constexpr std::string_view kept_checkpoint_file = "checkpoint";  // in the data folder

class KeptCheckpoint {
 public:
  KeptCheckpoint(std::shared_ptr<Disk> disk, std::filesystem::path file);

  // The tree as it was published, with its checkpoint. Nothing when none was kept, or one that is damaged, which is reported.
  // `tree` has all of the log. Throws BrokenHistory when the log is not the one of which the checkpoint was signed, or the key not the one that signed it.
  [[nodiscard]] std::optional<TreeView> restore(const TreeView& tree, const tlog::VerifierKey& key,
                                                const std::function<void(std::string_view)>& report) const;

  struct Kept {
    tlog::Note note;
    tlog::Checkpoint checkpoint;
  };
  // As it lies there. Nothing when none was kept, or one that is damaged.
  [[nodiscard]] std::optional<Kept> look() const;

  // On disk when it returns, in one piece; says why not, and then the one before may still be there.
  [[nodiscard]] tl::expected<void, std::string> keep(std::string_view checkpoint) const;

 private:
  void refuse_another(const Kept& kept, const tlog::VerifierKey& key) const;
  // Nothing when there is no file.
  [[nodiscard]] tl::expected<std::optional<std::string>, std::string> read() const;

  std::shared_ptr<Disk> disk_;
  std::filesystem::path file_;
};

}  // namespace gatehouse::transparency
