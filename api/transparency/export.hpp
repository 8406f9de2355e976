// An export of one account's history or of all, part by part: never more of it in memory than a part (docs/transparency.md). Of what a signed tree covers,
// so that its manifest can say what it is. One thread.
#pragma once
#include <optional>
#include <string>

#include "api/transparency/export_records.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::api {

class Export {
 public:
  struct Asked {
    AccountId account;  // empty: all
    Position after;
    ExportForm form{};
    const PersonalReader* reader{};  // opens sealed texts and outlives the export; null where the log seals none
  };
  // `log` outlives the export. Nothing when the tree commits to no head of the account.
  [[nodiscard]] static std::optional<Export> of(const EventLog& log, const transparency::TreeView& tree,
                                                const Asked& asked);

  // The export has everything up to here.
  [[nodiscard]] Position through() const { return through_; }
  // There is nothing to go on after, and nothing that could be signed: to be refused.
  [[nodiscard]] bool begins_beyond_end() const { return after_ > through_; }

  void begin(std::string& out) const { records_.begin(out); }
  // False when that was the last one.
  [[nodiscard]] bool write_part(std::string& out);
  // What the log's key is to sign, when all is written.
  [[nodiscard]] std::string manifest() const;
  void end(std::string& out, std::string_view signed_manifest) const { records_.end(out, signed_manifest); }

 private:
  Export(const EventLog& log, const transparency::TreeView& tree, const Asked& asked);

  const EventLog* log_;
  AccountId account_;
  std::optional<transparency::Completeness> completeness_;
  std::string checkpoint_;
  Position after_;
  Position through_;
  std::uint64_t
      written_{};  // the last one that was written, and the last one of all: positions, or versions of the account
  std::uint64_t end_{};
  ExportRecords records_;
};

}  // namespace gatehouse::api
