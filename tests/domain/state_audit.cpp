#include "tests/domain/state_audit.hpp"

#include <map>
#include <set>

#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "table/overlay_table.hpp"

namespace gatehouse::test {

namespace {

class Audit {
 public:
  explicit Audit(const State& state) : state_(state), account_(state.account().value_or(AccountRow{})) {
    scan(state_keys::members(state.account_id()), [&](KeyParts& key, std::string_view value) {
      members_.emplace(UserId{key.text()}, unpack_row<MemberRow>(value));
    });
  }

  std::vector<std::string> take() {
    check_members();
    check_roles();
    check_groups();
    scan(state_keys::governed_apps(state_.account_id()), [&](KeyParts& key, std::string_view value) {
      check_app(AppId{key.text()}, unpack_row<GovernedAppRow>(value));
    });
    return std::move(findings_);
  }

 private:
  // The key's parts after the account.
  template <class Visit>
  void scan(const std::string& prefix, Visit visit) const {
    state_.rows().scan(prefix, [&](std::string_view key, std::string_view value) {
      KeyParts parts(key);
      parts.text();
      visit(parts, value);
      return true;
    });
  }

  void expect(const std::string& what, std::uint64_t kept, std::uint64_t counted) {
    if (kept != counted)
      findings_.push_back(what + ": kept " + std::to_string(kept) + ", counted " + std::to_string(counted));
  }

  void check_members() {
    std::uint64_t active = 0;
    std::uint64_t owners = 0;
    std::uint64_t present = 0;
    for (const auto& [user, member] : members_) {
      active += member.status == MemberStatus::active ? 1 : 0;
      owners += member.status == MemberStatus::active && member.role_id == owner_role ? 1 : 0;
      if (member.status == MemberStatus::removed)
        continue;
      ++present;
      if (state_.member_found_by(member.email.found_by()) != user)
        findings_.push_back("address of " + user.value + " does not lead to the member");
    }
    expect("active members", account_.active_members, active);
    std::uint64_t for_everyone = 0;
    scan(state_keys::apps_for_everyone(state_.account_id()), [&](KeyParts&, std::string_view) { ++for_everyone; });
    expect("apps for everyone", account_.apps_for_everyone, for_everyone);
    expect("owners", 1, owners);
    const auto owner = state_.active_member(account_.owner_id);
    if (!owner || owner->role_id != owner_role)
      findings_.push_back("the account's owner is not its owner");
    std::uint64_t addresses = 0;
    scan(state_keys::email(state_.account_id(), "").substr(0, state_.account_id().value.size() + 2),
         [&](KeyParts&, std::string_view) { ++addresses; });
    expect("addresses", addresses, present);
  }

  void check_roles() {
    std::map<RoleId, std::uint64_t> holders;
    for (const auto& [user, member] : members_) {
      const bool kept =
          state_.rows().get(state_keys::role_holder(state_.account_id(), member.role_id, user)).has_value();
      const bool expected = member.status == MemberStatus::active && member.role_id != member_role;
      expect("role holder " + user.value, kept ? 1 : 0, expected ? 1 : 0);
      if (expected)
        ++holders[member.role_id];
    }
    scan(state_keys::roles(state_.account_id()), [&](KeyParts& key, std::string_view value) {
      const RoleId role{key.text()};
      expect("holders of " + role.value, unpack_row<RoleRow>(value).members, holders[role]);
    });
  }

  void check_groups() {
    scan(state_keys::groups(state_.account_id()), [&](KeyParts& key, std::string_view value) {
      const GroupId group{key.text()};
      std::uint64_t counted = 0;
      state_.visit_group_members(group, [&](const UserId& user) {
        ++counted;
        const auto groups = state_.groups_of(user);
        if (std::find(groups.begin(), groups.end(), group) == groups.end())
          findings_.push_back(user.value + " does not lead to " + group.value);
        const auto member = state_.member(user);
        if (!member || member->status == MemberStatus::removed)
          findings_.push_back(user.value + " is in a group, but no member");
        return true;
      });
      expect("members of " + group.value, unpack_row<GroupRow>(value).members, counted);
    });
  }

  void check_app(const AppId& app, const GovernedAppRow& governed) {
    check_subscriptions(app, governed);
    check_requests(app, governed.pre_approval_requests, RequestKind::pre_approval);
    check_requests(app, governed.install_requests, RequestKind::install);
  }

  void add_share(const AppId& app, const GovernedAppRow& governed, const UserId& user,
                 const std::optional<MemberRow>& member, GovernedAppRow& counted, std::uint64_t& derived_live) const {
    const std::optional<AppRow> no_app;
    const bool active = member && member->status == MemberStatus::active;
    const auto subscription =
        user_subscription_from({no_app, governed, member}, app, user, state_.user_subscription(app, user));
    if (!subscription)
      return;
    const std::uint64_t live = subscription->live ? 1 : 0;
    const std::uint64_t suspended = subscription->live && subscription->has(SuspensionCause::pre_approval_off) ? 1 : 0;
    if (subscription->derived) {
      counted.everyone_suspended += suspended;
      counted.everyone_deactivated += active ? 0 : live;
      derived_live += live;
      return;
    }
    counted.live += live;
    counted.suspended += suspended;
    if (active)
      counted.live_members += live;
    if (subscription->row.credentials == Credentials::production)
      return;
    counted.live_development += live;
    counted.suspended_development += suspended;
  }

  void check_subscriptions(const AppId& app, const GovernedAppRow& governed) {
    GovernedAppRow counted;
    std::uint64_t derived_live = 0;
    for (const auto& [user, member] : members_)
      add_share(app, governed, user, member, counted, derived_live);
    // A withdrawn app's subscriptions keep their share of the counters: counted as if the app were there.
    auto without_app = OverlayTable::on(state_.rows());
    without_app.erase(state_keys::app(app));
    const auto subscription = effective_account_subscription(State(without_app, state_.account_id()), app);
    if (subscription && subscription->live) {
      const std::uint64_t suspended = subscription->has(SuspensionCause::pre_approval_off) ? 1 : 0;
      const bool development = subscription->row.credentials == Credentials::development;
      ++counted.live;
      counted.suspended += suspended;
      counted.live_development += development ? 1 : 0;
      counted.suspended_development += development ? suspended : 0;
    }
    expect(app.value + " live", governed.live, counted.live);
    expect(app.value + " live_development", governed.live_development, counted.live_development);
    expect(app.value + " suspended", governed.suspended, counted.suspended);
    expect(app.value + " suspended_development", governed.suspended_development, counted.suspended_development);
    expect(app.value + " live_members", governed.live_members, counted.live_members);
    expect(app.value + " everyone_deactivated", governed.everyone_deactivated, counted.everyone_deactivated);
    expect(app.value + " everyone_suspended", governed.everyone_suspended, counted.everyone_suspended);
    expect(app.value + " by everyone", everyone_subscriptions(account_, governed), derived_live);
  }

  void check_requests(const AppId& app, const RequestCounters& kept, RequestKind kind) {
    RequestCounters counted;
    scan(state_keys::request(state_.account_id(), RequestId{""}).substr(0, state_.account_id().value.size() + 2),
         [&](KeyParts&, std::string_view value) {
           const auto request = effective_request(state_, unpack_row<RequestRow>(value));
           if (request.kind != kind || request.details.app_id != app)
             return;
           ++counted.total;
           counted.rejected += request.status == RequestStatus::rejected ? 1 : 0;
           counted.approved +=
               request.status == RequestStatus::approved || request.status == RequestStatus::fulfilled ? 1 : 0;
           if (request.status != RequestStatus::pending)
             return;
           ++counted.pending;
           counted.pending_development += request.details.credentials == Credentials::development ? 1 : 0;
         });
    const auto name = app.value + (kind == RequestKind::pre_approval ? " pre-approval requests" : " install requests");
    expect(name, kept.total, counted.total);
    expect(name + " pending", kept.pending, counted.pending);
    expect(name + " pending for development", kept.pending_development, counted.pending_development);
    expect(name + " approved", kept.approved, counted.approved);
    expect(name + " rejected", kept.rejected, counted.rejected);
  }

  const State& state_;
  AccountRow account_;
  std::map<UserId, MemberRow> members_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> audit(const State& state) { return Audit(state).take(); }

}  // namespace gatehouse::test
