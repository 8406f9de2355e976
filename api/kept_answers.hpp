// Answers to questions that are asked again and again: the last ones are kept, each with the versions of what it rests on, and are given
// again while neither the account nor the catalogue has changed. What QueryAnswer::version promises to clients that send If-None-Match is
// relied on here for the others. Safe from any thread; split into shards so that threads rarely meet.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/query.hpp"
#include "events/ids.hpp"
#include "identity/claims.hpp"

namespace gatehouse::api {

inline constexpr std::size_t kept_answers_max = 16'384;
inline constexpr std::size_t kept_target_bytes_max = 256;  // longer ones are not kept
inline constexpr std::size_t kept_body_bytes_max = 1'024;

class KeptAnswers {
 public:
  // Who asked and what. A token is known by where its claims are: what is kept holds on to them, so that no others come to stand there.
  struct Question {
    const std::shared_ptr<const identity::Claims>& claims;
    std::string_view target;
  };
  struct Versions {
    std::uint64_t account{};
    Position catalogue;
    bool operator==(const Versions&) const = default;
  };

  // Null when nothing is kept, or for other versions.
  [[nodiscard]] std::shared_ptr<const QueryAnswer> find(const Question& question, const Versions& versions);
  // A full shard forgets all that it has.
  void keep(const Question& question, const Versions& versions, const QueryAnswer& answer);

 private:
  static constexpr std::size_t shard_count = 16;

  struct Key {
    std::shared_ptr<const identity::Claims> claims;
    std::string target;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const Question& question) const;
    std::size_t operator()(const Key& key) const { return (*this)(Question{key.claims, key.target}); }
  };
  struct Equal {
    using is_transparent = void;
    template <class One, class Other>
    bool operator()(const One& one, const Other& other) const {
      return one.claims == other.claims && one.target == other.target;
    }
  };
  struct Kept {
    Versions versions;
    std::shared_ptr<const QueryAnswer> answer;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<Key, Kept, Hash, Equal> entries;
  };

  [[nodiscard]] Shard& shard_of(const Question& question) { return shards_[Hash()(question) % shard_count]; }

  std::array<Shard, shard_count> shards_;
};

}  // namespace gatehouse::api
