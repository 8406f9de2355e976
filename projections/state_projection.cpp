#include "projections/state_projection.hpp"

#include <array>

#include "domain/decide.hpp"
#include "domain/rows.hpp"
#include "projections/row_text.hpp"

namespace gatehouse {

void StateProjection::apply(Table& rows, const RecordedEvent& event) const {
  const auto* known = event.known();
  if (known == nullptr) throw BrokenRow("event type " + std::to_string(event.type) + " is not known to this program");
  const auto& envelope = event.envelope;
  evolve(rows,
         {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, envelope.event_id},
         *known);
}

std::span<const RowShape> StateProjection::shapes() const {
  static constexpr std::array shapes{
      RowShape{'C', "app", "t", false, row_text<AppRow>},
      RowShape{'c', "manifest", "t", false},
      RowShape{'S', "scope", "t", false, row_text<ScopeRow>},
      RowShape{'A', "account", "t", true, row_text<AccountRow>},
      RowShape{'M', "member", "tt", true, row_text<MemberRow>},
      RowShape{'E', "e-mail address", "tt"},
      RowShape{'R', "role", "tt", true, row_text<RoleRow>},
      RowShape{'r', "role holder", "ttt"},
      RowShape{'G', "group", "tt", true, row_text<GroupRow>},
      RowShape{'g', "group member", "ttnt"},
      RowShape{'u', "group of user", "ttt", true, row_text<MembershipRow>},
      RowShape{'P', "governed app", "tt", true, row_text<GovernedAppRow>},
      RowShape{'L', "allow list entry", "ttt", true, row_text<AllowListRow>},
      RowShape{'l', "app that lists", "ttt"},
      RowShape{'I', "allow list entry id", "ttt"},
      RowShape{'Q', "request", "tt", true, row_text<RequestRow>},
      RowShape{'q', "latest request", "ttnt"},
      RowShape{'n', "request by version", "ttnnn"},
      RowShape{'w', "open request of user", "tttn"},
      RowShape{'B', "bulk decision", "ttnn", true, row_text<BulkDecisionRow>},
      RowShape{'T', "subscription", "tttn", true, row_text<SubscriptionRow>},
      RowShape{'t', "account subscription", "ttn", true, row_text<SubscriptionRow>},
      RowShape{'U', "subscription of user", "tttn"},
      RowShape{'V', "app for everyone", "tt"},
      RowShape{'v', "app for group", "ttt", true, row_text<AppForGroupRow>},
  };
  return shapes;
}

}  // namespace gatehouse
