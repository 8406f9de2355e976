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
      RowShape{'C', "app", "t", row_text<AppRow>, row_members<AppRow>},
      RowShape{'c', "manifest", "t"},
      RowShape{'K', "client", "t", row_text<ClientRow>, row_members<ClientRow>},
      RowShape{'k', "client of app", "tn"},
      RowShape{'S', "scope", "t", row_text<ScopeRow>, row_members<ScopeRow>},
      RowShape{'A', "account", "t", row_text<AccountRow>, row_members<AccountRow>},
      RowShape{'M', "member", "tt", row_text<MemberRow>, row_members<MemberRow>},
      RowShape{'E', "e-mail address", "tt"},
      RowShape{'X', "erasure", "tt", row_text<ErasureRow>, row_members<ErasureRow>},
      RowShape{'x', "open erasure", "tt", row_text<OpenErasureRow>, row_members<OpenErasureRow>},
      RowShape{'b', "entry bound to user", "ttt"},
      RowShape{'d', "entry off its list", "tt"},
      RowShape{'D', "entry off its list by address", "ttt"},
      RowShape{'f', "former e-mail address", "ttt"},
      RowShape{'R', "role", "tt", row_text<RoleRow>, row_members<RoleRow>},
      RowShape{'r', "role holder", "ttt"},
      RowShape{'G', "group", "tt", row_text<GroupRow>, row_members<GroupRow>},
      RowShape{'g', "group member", "ttnt"},
      RowShape{'u', "group of user", "ttt", row_text<MembershipRow>, row_members<MembershipRow>},
      RowShape{'P', "governed app", "tt", row_text<GovernedAppRow>, row_members<GovernedAppRow>},
      RowShape{'L', "allow list entry", "ttt", row_text<AllowListRow>, row_members<AllowListRow>},
      RowShape{'l', "app that lists", "ttt"},
      RowShape{'e', "lists addresses", "t"},
      RowShape{'I', "allow list entry id", "ttt"},
      RowShape{'Q', "request", "tt", row_text<RequestRow>, row_members<RequestRow>},
      RowShape{'q', "latest request", "ttnt"},
      RowShape{'n', "request by version", "ttnnn"},
      RowShape{'w', "open request of user", "tttn"},
      RowShape{'B', "bulk decision", "ttnn", row_text<BulkDecisionRow>, row_members<BulkDecisionRow>},
      RowShape{'N', "notification", "tt", row_text<NotificationRow>, row_members<NotificationRow>},
      RowShape{'H', "webhook endpoint", "tt", row_text<EndpointRow>, row_members<EndpointRow>},
      RowShape{'h', "webhook endpoint of app", "tt"},
      RowShape{'O', "webhook lane", "tt", row_text<LaneRow>, row_members<LaneRow>},
      RowShape{'Y', "open listings", "t", row_text<ListingsRow>, row_members<ListingsRow>},
      RowShape{'Z', "kept row", "tnr"},
      RowShape{'T', "subscription", "ttt", row_text<SubscriptionRow>, row_members<SubscriptionRow>},
      RowShape{'t', "account subscription", "tt", row_text<SubscriptionRow>, row_members<SubscriptionRow>},
      RowShape{'U', "subscription of user", "ttt"},
      RowShape{'V', "app for everyone", "tt"},
      RowShape{'v', "app for group", "ttt", row_text<AppForGroupRow>, row_members<AppForGroupRow>},
  };
  return shapes;
}

}  // namespace gatehouse
