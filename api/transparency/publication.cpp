#include "api/transparency/publication.hpp"

#include <algorithm>

namespace gatehouse::api {

namespace {

using transparency::WitnessStatus;

std::string names_of(const std::vector<WitnessStatus>& witnesses, bool (*wanted)(const WitnessStatus&)) {
  std::string names;
  for (const auto& witness : witnesses) {
    if (wanted(witness))
      names += (names.empty() ? "" : ", ") + witness.name;
  }
  return names;
}

std::string lack_of_cosignatures(const Publication& publication) {
  const auto& [witnesses, quorum] = publication.cosigning;
  const auto cosigned = std::count_if(witnesses.begin(), witnesses.end(), [](const auto& one) { return one.cosigns; });
  const auto gone = names_of(witnesses, [](const WitnessStatus& one) { return !one.cosigns && !one.differs; });
  return std::to_string(cosigned) + " of " + std::to_string(witnesses.size()) + " witnesses have cosigned and " +
         std::to_string(quorum) + " must, " +
         (publication.published ? "nothing after event " + std::to_string(*publication.published) : "nothing") +
         " is published" +
         (gone.empty() ? ""
                       : "; bring back " + gone +
                             " (the server's log has what each answered), or set another transparency.quorum");
}

}  // namespace

Publication publication_of(const transparency::LogTree& tree) {
  const auto published = tree.published();
  return {.failed = !tree.failure().empty(),
          .lacks_cosignatures = tree.lacks_cosignatures(),
          .published = published ? std::optional(published->head().size) : std::nullopt,
          .since_start = tree.since_start(),
          .cosigning = tree.cosigning()};
}

std::vector<std::string> concerns(const Publication& publication) {
  std::vector<std::string> found;
  if (publication.failed)
    found.emplace_back(
        "failed:transparency: nothing new is published, because the tree cannot be written, the log contradicts what "
        "is known of it, or its key or name is another one than before; the server's log says which, "
        "docs/transparency.md what to do");
  else if (publication.lacks_cosignatures)
    found.push_back("unpublished:transparency: " + lack_of_cosignatures(publication));
  else if (!publication.published && publication.since_start >= unpublished_max)
    found.push_back("unpublished:transparency: nothing has been published since the start, " +
                    std::to_string(publication.since_start.count()) +
                    " seconds ago; gatehouse_log_tree_size in /metrics tells whether the tree still grows to the "
                    "log's head, the server's log whether its checkpoint cannot be kept");
  const auto differing =
      names_of(publication.cosigning.witnesses, [](const WitnessStatus& one) { return one.differs; });
  if (!differing.empty())
    found.push_back("fork:transparency: what was cosigned is another history than this log's, by the answer of " +
                    differing +
                    ": it was forked, or put back from an older backup; stop it and find out which history counts, as "
                    "docs/transparency.md says");
  return found;
}

}  // namespace gatehouse::api
