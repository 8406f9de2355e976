// A store of keys that is read and not changed: what is written is kept in memory alone. For tools that look at data. Any thread once it is written to no more.
#pragma once
#include <map>
#include <memory>
#include <optional>

#include "sealing/subject_keys.hpp"

namespace gatehouse {

class OverlaidKeys final : public SubjectKeys {
 public:
  explicit OverlaidKeys(std::unique_ptr<const SubjectKeys> store) : store_(std::move(store)) {
    take_lookup_key_of(*store_);
  }

  [[nodiscard]] Standing find(const SubjectName& name, SubjectKey& key) const override;
  void add(const NewKeys& keys) override;
  [[nodiscard]] std::optional<Position> assigned_until() const override { return store_->assigned_until(); }
  [[nodiscard]] std::optional<SubjectKey> find_in_reserve(const SubjectName& name,
                                                          std::string_view sealed) const override {
    return store_->find_in_reserve(name, sealed);
  }
  bool recover(const SubjectName& name, std::string_view sealed) override;
  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override;

 private:
  std::unique_ptr<const SubjectKeys> store_;
  std::map<SubjectName, std::optional<SubjectKey>> written_;  // without a key: destroyed
};

}  // namespace gatehouse
