#include "domain/email.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

TEST(Email, IsTrimmedAndInLowerCase) {
  EXPECT_EQ(normalise_email("  Ada.Lovelace@Example.ORG\t"), "ada.lovelace@example.org");
  EXPECT_EQ(normalise_email("a@b"), "a@b");
}

TEST(Email, IsInLowerCaseAndTrimmedInEveryAlphabet) {
  EXPECT_EQ(normalise_email("JÖRG@MÜnchen.example"), "jörg@münchen.example");
  EXPECT_EQ(normalise_email("ΑΘΗΝΑ@example.org"), "αθηνα@example.org");
  EXPECT_EQ(normalise_email("\u00a0ada@example.org\u3000"), "ada@example.org");
  EXPECT_FALSE(normalise_email("a\u200bda@example.org")) << "what cannot be seen";
  for (const auto* unseen : {"\ufeff", "\u061c", "\u180e", "\u115f", "\ufe0f", "\U000e0041", "\uffff", "\ufdd0"})
    EXPECT_FALSE(normalise_email("ada@example" + std::string(unseen) + ".org")) << unseen;
  EXPECT_FALSE(normalise_email("a\u0308nne@example.org")) << "which looks like the next one";
  EXPECT_TRUE(normalise_email("\u00e4nne@example.org"));
  EXPECT_FALSE(normalise_email("ada\xff@example.org")) << "no UTF-8";
}

TEST(Email, NeedsExactlyOneAtWithSomethingOnBothSides) {
  for (const auto* text : {"", " ", "ada", "@example.org", "ada@", "ada@@example.org", "a@b@c"})
    EXPECT_FALSE(normalise_email(text)) << text;
}

TEST(Email, MayNotHoldSpacesOrControlCharacters) {
  EXPECT_FALSE(normalise_email("ada lovelace@example.org"));
  EXPECT_FALSE(normalise_email("ada@exam\nple.org"));
  EXPECT_FALSE(normalise_email(std::string_view("ada\0@example.org", 16)));
  EXPECT_FALSE(normalise_email("ada\x7f@example.org"));
}

TEST(Email, NeedsADomainWithoutEmptyParts) {
  for (const auto* text : {"ada@.org", "ada@example.", "ada@example..org"})
    EXPECT_FALSE(normalise_email(text)) << text;
}

TEST(Email, HasTheLengthThatMailAllows) {
  const std::string domain(189, 'd');
  EXPECT_TRUE(normalise_email(std::string(64, 'a') + "@" + domain));
  EXPECT_FALSE(normalise_email(std::string(64, 'a') + "@" + domain + "d"));
  EXPECT_FALSE(normalise_email(std::string(65, 'a') + "@example.org"));
}

}  // namespace
}  // namespace gatehouse
