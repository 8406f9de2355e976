// A store that is only looked at: what is written over it is seen, and not on the disk.
#include "sealing/overlaid_keys.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

const SubjectName ann{AccountId{"acme"}, "ann"};
const SubjectName bob{AccountId{"acme"}, "bob"};
const SubjectName cem{AccountId{"acme"}, "cem"};

TEST(OverlaidKeys, show_what_the_store_has_and_what_was_written_over_it) {
  auto store = make_memory_subject_keys();
  store->add({{ann, store->make_key(ann)}, {bob, store->make_key(bob)}});
  const auto* below = store.get();
  const auto digest = digest_of(store->make_key(ann));
  OverlaidKeys keys(std::move(store));
  EXPECT_EQ(keys.lookup(ann.account_id, "a@acme.example"), below->lookup(ann.account_id, "a@acme.example"));

  SubjectKey key;
  EXPECT_EQ(keys.find(ann, key), SubjectKeys::Standing::present);
  EXPECT_EQ(digest_of(key), digest);
  EXPECT_EQ(keys.destroy(ann), digest);
  EXPECT_EQ(keys.destroy(ann), std::nullopt);
  EXPECT_EQ(keys.find(ann, key), SubjectKeys::Standing::destroyed);
  EXPECT_EQ(below->find(ann, key), SubjectKeys::Standing::present) << "it stays as it is";

  EXPECT_EQ(keys.find(cem, key), SubjectKeys::Standing::unknown);
  keys.add({{cem, below->make_key(cem)}, {ann, below->make_key(ann)}, {bob, below->make_key(cem)}});
  EXPECT_EQ(keys.find(cem, key), SubjectKeys::Standing::present);
  EXPECT_EQ(keys.find(ann, key), SubjectKeys::Standing::destroyed) << "nobody gets a key again";
  ASSERT_EQ(keys.find(bob, key), SubjectKeys::Standing::present);
  EXPECT_EQ(digest_of(key), digest_of(below->make_key(bob))) << "those that are there stay";
  EXPECT_EQ(below->find(cem, key), SubjectKeys::Standing::unknown);
}

}  // namespace
}  // namespace gatehouse
