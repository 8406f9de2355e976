// The gate's whole decision table for steps 8 and 9 (768 rows), against an oracle that was written from the rules' sentences and shares no code
// with the gate.
#include <gtest/gtest.h>

#include <boost/describe/enum_to_string.hpp>

#include <string>
#include <vector>

#include "domain/gate.hpp"
#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/memory_table.hpp"

namespace gatehouse {
namespace {

enum class Approval { off, everyone, selected_in, selected_out };

struct Row {
  bool listed_publicly{};
  bool development{};
  bool required{};
  bool exempt_platform{};
  bool exempt_account{};
  DeveloperKind developer{};
  Approval approval{};
  bool includes_development{};
};

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (unsigned bits = 0; bits < 64; ++bits) {
    for (const auto developer : {DeveloperKind::platform, DeveloperKind::third_party, DeveloperKind::account}) {
      for (const auto approval : {Approval::off, Approval::everyone, Approval::selected_in, Approval::selected_out}) {
        rows.push_back({(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0, developer,
                        approval, (bits & 32) != 0});
      }
    }
  }
  return rows;
}

// What the rules say, in their own words; the codes in the gate's order.
std::vector<std::string> oracle(const Row& row) {
  std::vector<std::string> denials;
  // R24, R29, R30: which of the two switches applies. Both are set alike here, so only whether it is on matters.
  bool stopped_without_approval = row.required;
  // R26: apps "created by Zoom or by members of the admins account can be excluded".
  if (row.developer == DeveloperKind::platform && row.exempt_platform)
    stopped_without_approval = false;
  if (row.developer == DeveloperKind::account && row.exempt_account)
    stopped_without_approval = false;
  // R25 and D24: an admin's pre-approval opens the way, for development builds only if it says so.
  const bool approved = row.approval != Approval::off;
  const bool approval_is_about_this = !row.development || row.includes_development;
  if (stopped_without_approval && !(approved && approval_is_about_this))
    denials.emplace_back("pre_approval_required");
  // R21: "Only the users whose emails are added will be able to install", whatever the switches say.
  if (row.approval == Approval::selected_out)
    denials.emplace_back("not_in_allow_list");
  return denials;
}

class World {
 public:
  explicit World(const Row& row) {
    const ApprovalPolicy policy{row.required, row.exempt_platform, row.exempt_account};
    AccountRow account;
    account.owner_id = UserId{"owner"};
    // Only the class of the app may count: the other switch says the opposite.
    const bool is_public = row.listed_publicly && !row.development;
    const ApprovalPolicy opposite{!row.required, !row.exempt_platform, !row.exempt_account};
    account.public_policy = is_public ? policy : opposite;
    account.unlisted_policy = is_public ? opposite : policy;
    put_row(rows_, state_keys::account(account_id_), account);

    MemberRow member;
    member.role_id = member_role;
    member.email.text = "member@example.com";
    put_row(rows_, state_keys::member(account_id_, UserId{"member"}), member);

    AppRow app;
    app.developer = row.developer;
    if (row.developer == DeveloperKind::account)
      app.developer_account_id = account_id_;
    app.facts.has_production = app.facts.has_development = true;
    app.activated = app.published = true;
    app.listed = row.listed_publicly;
    put_row(rows_, state_keys::app(AppId{"app"}), app);

    GovernedAppRow governed;
    governed.pre_approval_on = row.approval != Approval::off;
    governed.audience = row.approval == Approval::everyone ? Audience::everyone : Audience::selected;
    governed.includes_development = row.includes_development;
    put_row(rows_, state_keys::governed_app(account_id_, AppId{"app"}), governed);
    const UserId listed{row.approval == Approval::selected_in ? "member" : "somebody-else"};
    put_row(rows_, state_keys::allow_list_entry(account_id_, AppId{"app"}, state_keys::entry_of_user(listed)),
            AllowListRow{});
  }

  [[nodiscard]] std::vector<std::string> denials(bool development) const {
    const State state(rows_, account_id_);
    const auto answer = ask_gate(
        state, {AppId{"app"}, UserId{"member"}, development ? Credentials::development : Credentials::production});
    std::vector<std::string> codes;
    for (const auto& unmet : answer.unmet) {
      codes.emplace_back(boost::describe::enum_to_string(unmet.code, "?"));
    }
    return codes;
  }

 private:
  AccountId account_id_{"acme"};
  MemoryTable rows_;
};

std::string shown(const Row& row) {
  return std::string(row.listed_publicly ? "public " : "unlisted ") +
         (row.development ? "development " : "production ") + (row.required ? "required " : "") +
         (row.exempt_platform ? "exempt_platform " : "") + (row.exempt_account ? "exempt_account " : "") +
         "developer " + boost::describe::enum_to_string(row.developer, "?") + " approval " +
         std::to_string(static_cast<int>(row.approval)) + (row.includes_development ? " includes_development" : "");
}

TEST(GateTable, HasTheWholeTableOf768Rows) { EXPECT_EQ(all_rows().size(), 768U); }

TEST(GateTable, R21_R24_R25_R26_R27_R29_R30_R31_AgreesWithTheOracleInEveryRow) {
  std::size_t allowed = 0;
  for (const auto& row : all_rows()) {
    const auto denials = World(row).denials(row.development);
    EXPECT_EQ(denials, oracle(row)) << shown(row);
    allowed += denials.empty() ? 1 : 0;
  }
  // A table in which everything, or nothing, is allowed would prove little.
  EXPECT_GT(allowed, 300U);
  EXPECT_LT(allowed, 600U);
}

}  // namespace
}  // namespace gatehouse
