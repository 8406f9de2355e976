#include "api/explanation/row_json.hpp"

#include <algorithm>
#include <array>

#include "api/json/described_writer.hpp"
#include "domain/row_writer.hpp"
#include "events/personal_parts.hpp"
#include "projections/state_projection.hpp"

namespace gatehouse::api {

namespace {

using Append = void (*)(std::string& out, std::string_view value, const AccountId& account,
                        const PersonalReader* reader);

bool is_own(const AppRow& app, const AccountId& account) {
  return app.developer == DeveloperKind::account && app.developer_account_id == account;
}

template <class Row>
void append_as(std::string& out, std::string_view value, const AccountId& account, const PersonalReader* reader) {
  auto row = unpack_row<Row>(value);
  if constexpr (std::same_as<Row, AppRow>) {
    if (!is_own(row, account)) {
      row.developer_account_id = {};
      row.creator_id = {};
    }
  }
  if (reader != nullptr)
    visit_personal(row, [&](PersonalText& text) { reader->open(account, text); });
  append_json(out, row);
}

struct Form {
  std::string_view row;  // as the shapes call it
  Append append;
};
constexpr std::array forms{Form{"account", append_as<AccountRow>},
                           Form{"member", append_as<MemberRow>},
                           Form{"erasure", append_as<ErasureRow>},
                           Form{"open erasure", append_as<OpenErasureRow>},
                           Form{"role", append_as<RoleRow>},
                           Form{"group", append_as<GroupRow>},
                           Form{"group of user", append_as<MembershipRow>},
                           Form{"governed app", append_as<GovernedAppRow>},
                           Form{"allow list entry", append_as<AllowListRow>},
                           Form{"request", append_as<RequestRow>},
                           Form{"bulk decision", append_as<BulkDecisionRow>},
                           Form{"notification", append_as<NotificationRow>},
                           Form{"subscription", append_as<SubscriptionRow>},
                           Form{"account subscription", append_as<SubscriptionRow>},
                           Form{"app for group", append_as<AppForGroupRow>},
                           Form{"app", append_as<AppRow>},
                           Form{"scope", append_as<ScopeRow>}};

}  // namespace

bool is_own_app(std::string_view value, const AccountId& account) { return is_own(unpack_row<AppRow>(value), account); }

void append_row(std::string& out, std::string_view key, std::string_view value, const AccountId& account,
                const PersonalReader* reader) {
  static const StateProjection state;
  const auto* shape = find_shape(state.shapes(), key);
  const auto* form = shape == nullptr ? forms.end() : std::ranges::find(forms, shape->name, &Form::row);
  if (form != forms.end())
    return form->append(out, value, account, reader);
  // An index: that the row is there says most of it.
  ObjectWriter object(out);
  if (!value.empty())
    object.member("bytes", readable(value));
}

}  // namespace gatehouse::api
