// The table of the rules that each command is held to. That it names what decide() really answers, the scenario asserts of every command that is sent
// in these tests, and a story of random ones (tests/replay/refusals_test.cpp).
#include "domain/refusals_of.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "domain/authority.hpp"
#include "domain/rule_of.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using Kind = Requirement::Kind;
using Codes = std::vector<RejectionCode>;

template <class... T>
std::vector<Command> one_of_each(const std::variant<T...>*) {
  return {Command(T{})...};
}

// Where it depends on a command's members who may give it, those for whom most is asked.
std::vector<Command> every_command() {
  auto commands = one_of_each(static_cast<const Command*>(nullptr));
  for (auto& command : commands) {
    if (auto* uninstall = std::get_if<Uninstall>(&command))
      uninstall->target = UninstallTarget::account;
    if (auto* endpoint = std::get_if<RegisterWebhook>(&command))
      endpoint->app_id = AppId{"app"};
  }
  return commands;
}

Codes authority_codes(Kind kind) {
  using enum RejectionCode;
  switch (kind) {
  case Kind::platform:
    return {insufficient_scope};
  case Kind::catalogue:
  case Kind::directory:
    return {insufficient_scope, account_not_found, not_a_member, privilege_required};
  case Kind::member:
    return {account_not_found, not_a_member};
  case Kind::privilege:
    return {account_not_found, not_a_member, privilege_required};
  case Kind::system:
    return {insufficient_scope, account_not_found};
  }
  return {};
}

std::vector<RejectionCode> every_code() {
#define GATEHOUSE_TEST_CODE(code) RejectionCode::code,
  return {GATEHOUSE_REJECTION_CODES(GATEHOUSE_TEST_CODE)};
#undef GATEHOUSE_TEST_CODE
}

TEST(RefusalsOf, names_no_code_twice) {
  for (const auto& command : every_command()) {
    const auto codes = refusals_of(command);
    EXPECT_EQ(std::set<RejectionCode>(codes.begin(), codes.end()).size(), codes.size()) << name_of(command);
  }
}

TEST(RefusalsOf, begins_with_who_may_ask_and_goes_on_with_if_match) {
  for (const auto& command : every_command()) {
    const auto codes = refusals_of(command);
    auto first = authority_codes(requirement_of(command).kind);
    first.push_back(RejectionCode::stale_version);
    ASSERT_GE(codes.size(), first.size()) << name_of(command);
    EXPECT_EQ(Codes(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(first.size())), first)
        << name_of(command);
  }
}

// The first codes are those that some caller gets at some door, and no others.
TEST(RefusalsOf, begins_with_what_callers_who_may_not_are_told) {
  test::Scenario scenario;
  scenario.given_member("plain");
  const std::vector<Caller> callers{test::as("plain"),        test::as("stranger"),
                                    test::plain_service(),    test::directory_service(),
                                    test::platform_service(), {ActorType::system, "dispatcher", false, false}};
  for (const auto& command : every_command()) {
    std::set<RejectionCode> told;
    for (const auto& caller : callers) {
      for (const auto& door : {AccountId{"acme"}, AccountId{"nowhere"}, catalogue_stream}) {
        const DecisionContext context{.caller = caller,
                                      .now = {},
                                      .ids = nullptr,
                                      .confirmations = nullptr,
                                      .if_match = {},
                                      .account_version = 0};
        scenario.at(door);
        if (const auto refusal = refuse_unless_allowed(scenario.state(), context, command))
          told.insert(refusal->code);
      }
    }
    const auto codes = refusals_of(command);
    const auto end = std::ranges::find(codes, RejectionCode::stale_version);
    EXPECT_EQ(told, std::set<RejectionCode>(codes.begin(), end)) << name_of(command);
  }
}

TEST(RefusalsOf, names_what_the_gate_asks_of_an_installation_in_the_order_of_its_steps) {
  using enum RejectionCode;
  const auto codes = refusals_of(Install{});
  const Codes gate{app_not_found,         app_not_available,      credentials_not_available,
                   already_installed,     subscription_disabled,  user_installs_blocked,
                   app_restricted,        admin_install_required, request_pending,
                   pre_approval_required, not_in_allow_list,      missing_scopes};
  Codes found;
  std::ranges::copy_if(codes, std::back_inserter(found),
                       [&](RejectionCode code) { return std::ranges::find(gate, code) != gate.end(); });
  EXPECT_EQ(found, gate);
}

// A manifest is found invalid where JSON becomes a command.
TEST(RefusalsOf, names_every_code_for_some_command) {
  std::set<RejectionCode> named{RejectionCode::manifest_invalid};
  for (const auto& command : every_command()) {
    const auto codes = refusals_of(command);
    named.insert(codes.begin(), codes.end());
  }
  for (const auto code : every_code())
    EXPECT_TRUE(named.contains(code)) << to_text(code);
}

TEST(RuleOf, is_a_sentence_of_its_own_for_every_code) {
  std::set<std::string_view> rules;
  for (const auto code : every_code()) {
    const auto rule = rule_of(code);
    ASSERT_FALSE(rule.empty()) << to_text(code);
    EXPECT_TRUE(rule.front() >= 'A' && rule.front() <= 'Z') << rule;
    EXPECT_EQ(rule.find('.'), rule.size() - 1) << rule;
    EXPECT_TRUE(rules.insert(rule).second) << "twice: " << rule;
  }
}

}  // namespace
}  // namespace gatehouse
