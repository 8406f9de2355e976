#include "projections/requests.hpp"

#include <array>

#include "domain/request.hpp"
#include "projections/listed_page.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr char of_account_tag = 'A';
constexpr char of_app_tag = 'P';
constexpr char of_user_tag = 'U';

void add(Table& rows, const Envelope& envelope, const RequestDetails& request) {
  const auto& account = envelope.account_id.value;
  const auto version = envelope.account_version;
  const auto& id = request.request_id.value;
  rows.put(Key(of_account_tag).text(account).descending(version).take(), id);
  rows.put(Key(of_app_tag).text(account).text(request.app_id.value).descending(version).take(), id);
  rows.put(Key(of_user_tag).text(account).text(request.user_id.value).descending(version).take(), id);
}

// One user has fewer requests than one app, and one app fewer than the account.
std::string prefix_of(const AccountId& account, const RequestFilter& filter) {
  if (filter.user_id)
    return Key(of_user_tag).text(account.value).text(filter.user_id->value).take();
  if (filter.app_id)
    return Key(of_app_tag).text(account.value).text(filter.app_id->value).take();
  return Key(of_account_tag).text(account.value).take();
}

bool matches(const RequestFilter& filter, const RequestRow& row) {
  return (!filter.kind || *filter.kind == row.kind) && (!filter.status || *filter.status == row.status) &&
         (!filter.app_id || *filter.app_id == row.details.app_id) &&
         (!filter.user_id || *filter.user_id == row.details.user_id);
}

}  // namespace

void RequestsProjection::apply(Table& rows, const RecordedEvent& event) const {
  const auto* known = event.known();
  if (known == nullptr)
    return;
  if (const auto* asked = std::get_if<PreApprovalRequested>(known))
    add(rows, event.envelope, asked->request);
  if (const auto* asked = std::get_if<InstallRequested>(known))
    add(rows, event.envelope, asked->request);
}

std::span<const RowShape> RequestsProjection::shapes() const {
  static constexpr std::array<RowShape, 3> shapes{RowShape{of_account_tag, "request", "td"},
                                                  RowShape{of_app_tag, "request for app", "ttd"},
                                                  RowShape{of_user_tag, "request of user", "ttd"}};
  return shapes;
}

Page<RequestRow> requests_page(const TableReader& rows, const State& state, const RequestFilter& filter,
                               std::string_view cursor, std::size_t page_size) {
  return page_below<RequestRow>(rows, prefix_of(state.account_id(), filter), cursor, page_size,
                                [&](const RowCursor& listed) {
                                  auto row = effective_request(state, RequestId{listed.value()});
                                  if (row && !matches(filter, *row))
                                    row.reset();
                                  return row;
                                });
}

}  // namespace gatehouse
