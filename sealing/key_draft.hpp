// Seals the texts of one decision. Keys that it makes for new subjects are kept here until the decision is about to be recorded, and go with it
// when it is refused or was only tried. Used by one thread.
#pragma once
#include "sealing/subject_keys.hpp"

namespace gatehouse {

class KeyDraft final : public PersonalSealer {
 public:
  // For a decision that is only tried. `below` has the keys of the decisions before it that are not recorded yet either. Both outlive the draft.
  explicit KeyDraft(const SubjectKeys& keys, const KeyDraft* below = nullptr) : keys_(&keys), below_(below) {}
  // For one that is recorded unless it is refused: takes new keys where SubjectKeys::assign() wants them from.
  [[nodiscard]] static KeyDraft to_record(SubjectKeys& keys, const KeyDraft* below = nullptr) {
    KeyDraft draft(keys, below);
    draft.giver_ = &keys;
    return draft;
  }

  void open(const AccountId& account, PersonalText& text) const override;
  [[nodiscard]] std::string lookup(const AccountId& account, std::string_view normalised_address) const override;
  [[nodiscard]] bool seal(const AccountId& account, PersonalText& text) override;

  // Those that are not kept by the store yet.
  [[nodiscard]] const NewKeys& made() const { return made_; }
  void count_as_kept() { kept_.merge(made_); }  // not while another draft is on this one
  // On nothing from now on: the keys below are recorded.
  void rest_on_recorded() { below_ = nullptr; }
  void merge_into(KeyDraft& below) { below.made_.merge(made_); }

 private:
  [[nodiscard]] const SubjectKey* drafted(const SubjectName& name) const;

  const SubjectKeys* keys_;
  SubjectKeys* giver_ = nullptr;
  const KeyDraft* below_;
  NewKeys made_, kept_;
};

}  // namespace gatehouse
