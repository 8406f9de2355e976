#include "sealing/key_draft.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

const AccountId acme{"acme"};

struct KeyDrafts : testing::Test {
  std::unique_ptr<SubjectKeys> keys = make_memory_subject_keys();

  [[nodiscard]] SubjectKeys::Standing standing(const std::string& subject) const {
    SubjectKey key;
    return keys->find({acme, subject}, key);
  }
};

TEST_F(KeyDrafts, keep_new_keys_to_themselves_until_they_are_added) {
  KeyDraft group(*keys);
  KeyDraft draft(*keys, &group);
  PersonalText name{"ann", "Ann"};
  ASSERT_TRUE(draft.seal(acme, name));
  EXPECT_EQ(standing("ann"), SubjectKeys::Standing::unknown);
  PersonalText stored{"ann", {}, name.sealed};
  group.open(acme, stored);
  EXPECT_EQ(stored.unreadable, PersonalText::Unreadable::locked) << "it was only tried";
  draft.merge_into(group);
  group.open(acme, stored);
  EXPECT_EQ(stored.text, "Ann");
  keys->add(group.made());
  EXPECT_EQ(standing("ann"), SubjectKeys::Standing::present);
}

TEST_F(KeyDrafts, go_on_with_the_key_that_is_there) {
  KeyDraft first(*keys);
  PersonalText name{"ann", "Ann"};
  ASSERT_TRUE(first.seal(acme, name));
  keys->add(first.made());
  KeyDraft second(*keys);
  PersonalText again{"ann", "Ann"};
  ASSERT_TRUE(second.seal(acme, again));
  EXPECT_TRUE(second.made().empty());
  EXPECT_EQ(again.sealed, name.sealed);
}

TEST_F(KeyDrafts, leave_alone_what_is_sealed_or_says_nothing) {
  KeyDraft draft(*keys);
  PersonalText nothing{"ann", ""};
  EXPECT_TRUE(draft.seal(acme, nothing));
  EXPECT_TRUE(nothing.empty());
  PersonalText sealed{"ann", "Ann", "as it is"};
  EXPECT_TRUE(draft.seal(acme, sealed));
  EXPECT_EQ(sealed.sealed, "as it is");
  EXPECT_TRUE(draft.made().empty());
}

TEST_F(KeyDrafts, seal_nothing_of_somebody_whose_key_is_destroyed) {
  keys->destroy({acme, "ann"});
  KeyDraft draft(*keys);
  PersonalText name{"ann", "Ann"};
  EXPECT_FALSE(draft.seal(acme, name));
  PersonalText other{"bob", "Bob"};
  EXPECT_TRUE(draft.seal(acme, other));
}

TEST_F(KeyDrafts, find_equal_addresses_of_one_account_by_the_same) {
  KeyDraft draft(*keys);
  const auto lookup = draft.lookup(acme, "ann@acme.example");
  EXPECT_NE(lookup, draft.lookup(AccountId{"other"}, "ann@acme.example"));
  EXPECT_NE(lookup, draft.lookup(acme, "bob@acme.example"));
  for (const auto* subject : {"ann", "entry-7"}) {
    PersonalText address{subject, "ann@acme.example", {}, lookup};
    ASSERT_TRUE(draft.seal(acme, address));
    EXPECT_EQ(sealed_text::lookup_of(address.sealed), lookup) << subject;
  }
}

}  // namespace
}  // namespace gatehouse
