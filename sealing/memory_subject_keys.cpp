#include <mutex>
#include <variant>

#include "sealing/subject_keys.hpp"

namespace gatehouse {

namespace {

class MemorySubjectKeys final : public SubjectKeys {
 public:
  SubjectKey make_key(const SubjectName& name) const override {
    const auto text = name.account_id.value + "/" + name.subject;
    return {.encryption = identity::sha256("encryption " + text), .nonces = identity::sha256("nonces " + text)};
  }

  Standing find(const SubjectName& name, SubjectKey& key) const override {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(name);
    if (found == keys_.end())
      return Standing::unknown;
    if (const auto* present = std::get_if<SubjectKey>(&found->second)) {
      key = *present;
      return Standing::present;
    }
    return Standing::destroyed;
  }

  void add(const NewKeys& keys) override {
    const std::lock_guard lock(mutex_);
    keys_.insert(keys.begin(), keys.end());
  }

  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override {
    const std::lock_guard lock(mutex_);
    Digests digests;
    for (const auto& name : names) {
      auto& row = keys_.try_emplace(name, Destroyed{}).first->second;
      if (const auto* key = std::get_if<SubjectKey>(&row))
        row = Destroyed{digest_of(*key)};
      digests.push_back(std::get<Destroyed>(row));
    }
    count_destroyed();
    return digests;
  }

 private:
  using Destroyed = std::optional<identity::Sha256>;

  mutable std::mutex mutex_;
  std::map<SubjectName, std::variant<SubjectKey, Destroyed>> keys_;
};

}  // namespace

std::unique_ptr<SubjectKeys> make_memory_subject_keys() { return std::make_unique<MemorySubjectKeys>(); }

}  // namespace gatehouse
