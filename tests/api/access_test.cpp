#include "api/access.hpp"

#include <gtest/gtest.h>

#include "api/route.hpp"

namespace gatehouse::api {
namespace {

identity::Claims claims(std::string subject, std::optional<std::string> account,
                        std::set<std::string, std::less<>> scopes = {}) {
  identity::Claims result;
  result.subject = std::move(subject);
  result.account_id = std::move(account);
  result.client_id = "client";
  result.scopes = std::move(scopes);
  return result;
}

std::string entered(const identity::Claims& who, std::string_view account) {
  const auto scope = AccountScope::enter(who, account);
  return scope ? scope->id().value : std::string(scope.error().code);
}

std::string checked(bool member, bool view, bool directory, bool auditor, Who who) {
  const auto scope = AccountScope::enter(claims("u", "acme"), "acme");
  const Access access{
      .account = *scope, .caller = {}, .member = member, .view = view, .directory = directory, .auditor = auditor};
  const auto result = check_access(access, who);
  return result ? "allowed" : std::string(result.error().code);
}

TEST(AccountScope, is_given_to_a_token_of_the_account_alone) {
  EXPECT_EQ(entered(claims("u", "acme"), "acme"), "acme");
  EXPECT_EQ(entered(claims("u", "acme"), "globex"), "account_not_found");
  EXPECT_EQ(entered(claims("u", std::nullopt), "acme"), "account_not_found");
}

TEST(AccountScope, is_given_to_the_platform_only_while_it_has_no_account_of_its_own) {
  EXPECT_EQ(entered(claims("p", std::nullopt, {"platform"}), "acme"), "acme");
  EXPECT_EQ(entered(claims("p", "globex", {"platform"}), "acme"), "account_not_found");
  EXPECT_EQ(entered(claims("p", std::nullopt, {"ops", "auditor", "directory"}), "acme"), "account_not_found");
}

TEST(AccountScope, is_never_of_the_catalogue_or_of_what_is_no_id) {
  EXPECT_EQ(entered(claims("u", "catalogue"), "catalogue"), "account_not_found");
  EXPECT_EQ(entered(claims("p", std::nullopt, {"platform"}), "catalogue"), "account_not_found");
  EXPECT_EQ(entered(claims("p", std::nullopt, {"platform"}), "a b"), "account_not_found");
}

TEST(AccountScope, of_the_platform_needs_its_scope) {
  EXPECT_TRUE(AccountScope::enter_platform(claims("p", std::nullopt, {"platform"})));
  EXPECT_FALSE(AccountScope::enter_platform(claims("p", "acme")));
}

TEST(CheckAccess, lets_members_to_what_is_theirs_and_viewers_to_all) {
  for (const auto who : {Who::member, Who::self_or_view}) {
    EXPECT_EQ(checked(true, false, false, false, who), "allowed");
    EXPECT_EQ(checked(false, false, true, true, who), "not_a_member");
  }
  EXPECT_EQ(checked(true, true, false, false, Who::view), "allowed");
  EXPECT_EQ(checked(true, false, false, false, Who::view), "privilege_required");
  EXPECT_EQ(checked(false, false, true, true, Who::view), "not_a_member");
  EXPECT_EQ(checked(true, true, false, false, Who::edit), "privilege_required");
  EXPECT_EQ(checked(false, false, true, true, Who::edit), "not_a_member");
}

TEST(CheckAccess, lets_each_service_to_its_own_paths_alone) {
  EXPECT_EQ(checked(false, false, true, false, Who::directory_or_view), "allowed");
  EXPECT_EQ(checked(false, false, false, true, Who::directory_or_view), "not_a_member");
  EXPECT_EQ(checked(false, false, false, true, Who::auditor_or_view), "allowed");
  EXPECT_EQ(checked(false, false, true, false, Who::auditor_or_view), "not_a_member");
  EXPECT_EQ(checked(true, false, false, false, Who::auditor_or_view), "privilege_required");
}

}  // namespace
}  // namespace gatehouse::api
