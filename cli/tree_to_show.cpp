#include "cli/tree_to_show.hpp"

#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "transparency/kept_checkpoint.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::cli {

transparency::TreeView tree_to_show(const RocksEventLog& log, const LogPlace& place, const tlog::NoteSigner& signer) {
  const auto tree = transparency::tree_of(log, *log.projections());
  if (!tree)
    throw std::runtime_error(tree.error());
  const transparency::KeptCheckpoint kept(posix_disk(),
                                          std::filesystem::path(place.data) / transparency::kept_checkpoint_file);
  const auto last = kept.look();
  const bool is_cosigned = last && last->note.signatures.size() > 1;
  if (!place.is_witnessed && !is_cosigned)
    return transparency::signed_tree(*tree, signer);
  const auto tell = [](std::string_view line) { std::cerr << "gatehouse: " << line << "\n"; };
  auto published = kept.restore(*tree, signer.verifier_key(), tell);
  if (!published)
    throw std::runtime_error("nothing of the log in " + place.data +
                             " is published: start the server, and wait until its witnesses have cosigned");
  if (const auto size = published->head().size; size < log.head().value)
    tell("events after position " + std::to_string(size) +
         " are not in it: they were not published, since the witnesses have not cosigned them");
  return std::move(*published);
}

}  // namespace gatehouse::cli
