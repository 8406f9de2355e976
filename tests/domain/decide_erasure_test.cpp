// Who may be erased, and that nothing about the person is recorded afterwards.
#include "domain/erasure.hpp"

#include <algorithm>

#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::directory_service;
using test::Scenario;

const UserId ann{"ann"};

// Seals in name only: what counts here is that addresses are found by something else than themselves.
struct Sealer final : PersonalSealer {
  void open(const AccountId&, PersonalText& text) const override {
    text.text = text.sealed.substr(text.sealed.find('~') + 1);
  }
  std::string lookup(const AccountId& account, std::string_view address) const override {
    return sealed_text::lookup_text(bytes(account, address));
  }
  bool seal(const AccountId& account, PersonalText& text) override {
    if (!text.text.empty() && text.sealed.empty())
      text.sealed = (text.lookup.empty() ? "\1" : "\2" + bytes(account, text.text)) + "~" + text.text;
    return true;
  }

 private:
  static std::string bytes(const AccountId& account, std::string_view address) {
    auto bytes = account.value + " " + std::string(address);
    bytes.resize(sealed_text::lookup_bytes, ' ');
    return bytes;
  }
};

EraseSubject of_user(const std::string& user) { return {UserId{user}, {}}; }
EraseSubject of_entry(const EntryId& entry) { return {{}, entry}; }

struct Erasure : testing::Test {
  Erasure() { scenario.seal_by(sealer).given_member("ann").given_member("bob").given_app("notes"); }
  // An entry by an address that nobody has.
  EntryId list(const std::string& email) {
    GrantPreApproval grant;
    grant.app_id = AppId{"notes"};
    grant.audience = Audience::selected;
    grant.emails = {email};
    return scenario.when(as("owner"), grant).event<PreApprovalGranted>().entries.at(0).entry_id;
  }

  Sealer sealer;
  Scenario scenario;
};

TEST_F(Erasure, is_for_members_who_were_removed) {
  scenario.when(as("owner"), of_user("ann")).then_refused(RejectionCode::subject_present);
  scenario.when(as("owner"), of_user("nobody")).then_refused(RejectionCode::user_not_found);
  scenario.given(directory_service(), DeactivateMember{ann});
  scenario.when(as("owner"), of_user("ann")).then_refused(RejectionCode::subject_present);
  scenario.given(directory_service(), RemoveMember{ann});
  scenario.when(as("owner"), of_user("ann")).then({SubjectErasureRequested{ann, {}}});
  scenario.when(as("owner"), of_user("ann")).then_nothing();
}

TEST_F(Erasure, needs_what_managing_members_needs) {
  scenario.given(directory_service(), RemoveMember{ann});
  scenario.when(as("bob"), of_user("ann")).then_refused(RejectionCode::privilege_required);
  EXPECT_TRUE(scenario.when(directory_service(), of_user("ann")).accepted());
}

TEST_F(Erasure, is_refused_where_texts_are_not_sealed) {
  Scenario plain;
  plain.given_member("ann").given(directory_service(), RemoveMember{ann});
  plain.when(as("owner"), of_user("ann")).then_refused(RejectionCode::texts_not_sealed);
}

TEST_F(Erasure, is_final_for_the_id) {
  scenario.given(directory_service(), RemoveMember{ann}).given(directory_service(), of_user("ann"));
  const AddMember again{ann, "ann@acme.example", "Ann", {}, {}};
  scenario.when(directory_service(), again).then_refused(RejectionCode::subject_erased);
  EXPECT_TRUE(
      scenario.when(directory_service(), AddMember{UserId{"ann-2"}, "ann@acme.example", "Ann", {}, {}}).accepted());
}

TEST_F(Erasure, of_a_member_takes_the_entries_along_that_named_his_address) {
  const auto entry = list("cid@acme.example");
  scenario.given(directory_service(), AddMember{UserId{"cid"}, "Cid@acme.example", "Cid", {}, {}});
  scenario.given(directory_service(), RemoveMember{UserId{"cid"}});
  scenario.when(as("owner"), of_user("cid")).then({SubjectErasureRequested{UserId{"cid"}, {entry}}});
  EXPECT_TRUE(scenario.state().erasure(entry_subject(entry)));
}

TEST_F(Erasure, takes_along_what_still_stands_for_the_address_alone) {
  scenario.given(directory_service(), RemoveMember{ann});
  const auto entry = list("ann@acme.example");
  scenario.when(as("owner"), of_user("ann")).then({SubjectErasureRequested{ann, {entry}}});
}

TEST_F(Erasure, takes_along_entries_by_any_address_that_the_member_had) {
  const auto unlist = [&](const std::string& email) {
    RemoveAllowListEntries removal;
    removal.app_id = AppId{"notes"};
    removal.emails = {email};
    scenario.given(as("owner"), removal);
  };
  const auto before = list("early@acme.example");
  unlist("early@acme.example");
  scenario.given(directory_service(), AddMember{UserId{"cid"}, "early@acme.example", "Cid", {}, {}});
  const auto change = [&](const std::string& email) {
    ChangeMember to;
    to.user_id = UserId{"cid"};
    to.email = email;
    scenario.given(directory_service(), to);
  };
  change("late@acme.example");
  const auto listed = list("early@acme.example");
  change("taken@acme.example");
  change("last@acme.example");
  scenario.given(directory_service(), AddMember{UserId{"dan"}, "taken@acme.example", "Dan", {}, {}});
  const auto of_dan = list("taken@acme.example");
  scenario.given(directory_service(), RemoveMember{UserId{"cid"}});
  auto both = std::vector{before, listed};
  std::ranges::sort(both);
  scenario.when(as("owner"), of_user("cid")).then({SubjectErasureRequested{UserId{"cid"}, both}});
  EXPECT_FALSE(scenario.state().erasure(entry_subject(of_dan))) << "Dan has the address now";
}

TEST_F(Erasure, remembers_the_address_that_a_member_had_before_he_came_back) {
  const auto first = list("first@acme.example");
  RemoveAllowListEntries removal;
  removal.app_id = AppId{"notes"};
  removal.emails = {"first@acme.example"};
  scenario.given(as("owner"), removal);
  const UserId cid{"cid"};
  scenario.given(directory_service(), AddMember{cid, "first@acme.example", "Cid", {}, {}})
      .given(directory_service(), RemoveMember{cid})
      .given(directory_service(), AddMember{cid, "second@acme.example", "Cid", {}, {}})
      .given(directory_service(), RemoveMember{cid});
  scenario.when(as("owner"), of_user("cid")).then({SubjectErasureRequested{cid, {first}}});
}

TEST_F(Erasure, of_an_address_needs_that_it_is_on_no_list_any_more) {
  const auto entry = list("dee@acme.example");
  scenario.when(as("owner"), of_entry(entry)).then_refused(RejectionCode::entry_not_found);
  RemoveAllowListEntries removal;
  removal.app_id = AppId{"notes"};
  removal.emails = {"Dee@acme.example"};
  scenario.given(as("owner"), removal);
  scenario.when(as("owner"), of_entry(entry)).then({SubjectErasureRequested{{}, {entry}}});
  scenario.when(as("owner"), of_entry(EntryId{"none"})).then_refused(RejectionCode::entry_not_found);
}

TEST_F(Erasure, of_an_entry_is_none_of_a_user_with_the_same_id) {
  const auto entry = list("dee@acme.example");
  const UserId twin{entry.value};
  scenario.given_member(twin.value).given(directory_service(), RemoveMember{twin});
  scenario.when(as("owner"), of_user(twin.value)).then({SubjectErasureRequested{twin, {}}});
  EXPECT_FALSE(scenario.state().erasure(entry_subject(entry))) << "it is still on the list";
}

TEST_F(Erasure, is_open_until_its_keys_are_destroyed) {
  scenario.given(directory_service(), RemoveMember{ann}).given(directory_service(), of_user("ann"));
  const auto open = open_erasures(scenario.rows());
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].account_id, AccountId{"acme"});
  EXPECT_EQ(open[0].row.user_id, ann);
  EXPECT_EQ(scenario.state().erasure("ann")->erased_at, Timestamp{});

  const Caller system{.type = ActorType::system, .id = "erasure", .platform = false, .directory = false};
  const RecordSubjectErased done{ann, {}, {{"ann", "digest"}}};
  scenario.when(as("owner"), done).then_refused(RejectionCode::insufficient_scope);
  scenario.when(system, done).then({SubjectErased{ann, {}, {{"ann", "digest"}}}});
  EXPECT_TRUE(open_erasures(scenario.rows()).empty());
  EXPECT_EQ(scenario.state().erasure("ann")->erased_at, scenario.now());
  scenario.when(system, done).then_nothing();
}

TEST_F(Erasure, leaves_members_to_be_found_by_what_their_addresses_are_found_by) {
  EXPECT_EQ(scenario.state().member_with_email("ann@acme.example"), ann);
  EXPECT_FALSE(scenario.state().member_found_by("ann@acme.example"));
  scenario.when(directory_service(), AddMember{UserId{"eve"}, "ANN@acme.example", "Eve", {}, {}})
      .then_refused(RejectionCode::email_in_use);
}

}  // namespace
}  // namespace gatehouse
