#include "projections/state_projection.hpp"

#include <array>

#include "domain/decide.hpp"
#include "domain/rows.hpp"
#include "projections/row_text.hpp"

namespace gatehouse {

void StateProjection::apply(Table& rows, const RecordedEvent& event) const {
  const auto* known = event.known();
  if (known == nullptr)
    throw BrokenRow("event type " + std::to_string(event.type) + " is not known to this program");
  const auto& envelope = event.envelope;
  evolve(rows, {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, envelope.event_id},
         *known);
}

std::span<const RowShape> StateProjection::shapes() const {
  static constexpr std::array shapes{
      RowShape{'C', "app", "t", row_text<AppRow>},
      RowShape{'c', "manifest", "t"},
      RowShape{'K', "client", "t", row_text<ClientRow>},
      RowShape{'k', "client of app", "tn"},
      RowShape{'S', "scope", "t", row_text<ScopeRow>},
      RowShape{'A', "account", "t", row_text<AccountRow>},
      RowShape{'M', "member", "tt", row_text<MemberRow>},
      RowShape{'E', "e-mail address", "tt"},
      RowShape{'X', "erasure", "tt", row_text<ErasureRow>},
      RowShape{'x', "open erasure", "tt", row_text<OpenErasureRow>},
      RowShape{'b', "entry bound to user", "ttt"},
      RowShape{'d', "entry off its list", "tt"},
      RowShape{'R', "role", "tt", row_text<RoleRow>},
      RowShape{'r', "role holder", "ttt"},
      RowShape{'G', "group", "tt", row_text<GroupRow>},
      RowShape{'g', "group member", "ttnt"},
      RowShape{'u', "group of user", "ttt", row_text<MembershipRow>},
      RowShape{'P', "governed app", "tt", row_text<GovernedAppRow>},
      RowShape{'L', "allow list entry", "ttt", row_text<AllowListRow>},
      RowShape{'l', "app that lists", "ttt"},
      RowShape{'I', "allow list entry id", "ttt"},
      RowShape{'Q', "request", "tt", row_text<RequestRow>},
      RowShape{'q', "latest request", "ttnt"},
      RowShape{'n', "request by version", "ttnnn"},
      RowShape{'w', "open request of user", "tttn"},
      RowShape{'B', "bulk decision", "ttnn", row_text<BulkDecisionRow>},
      RowShape{'N', "notification", "tt", row_text<NotificationRow>},
      RowShape{'H', "webhook endpoint", "tt", row_text<EndpointRow>},
      RowShape{'h', "webhook endpoint of app", "tt"},
      RowShape{'O', "webhook lane", "tt", row_text<LaneRow>},
      RowShape{'Y', "open listings", "t", row_text<ListingsRow>},
      RowShape{'Z', "kept row", "tnr"},
      RowShape{'T', "subscription", "ttt", row_text<SubscriptionRow>},
      RowShape{'t', "account subscription", "tt", row_text<SubscriptionRow>},
      RowShape{'U', "subscription of user", "ttt"},
      RowShape{'V', "app for everyone", "tt"},
      RowShape{'v', "app for group", "ttt", row_text<AppForGroupRow>},
  };
  return shapes;
}

}  // namespace gatehouse
