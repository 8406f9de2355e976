#include "projections/inbox.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/class.hpp>

#include "events/archive.hpp"
#include "projections/row_text.hpp"
#include "table/key.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

struct InboxRow {
  std::uint64_t latest_version{};
  std::uint64_t pending_max{};  // never less than what is pending
};
BOOST_DESCRIBE_STRUCT(InboxRow, (), (latest_version, pending_max))

namespace {

constexpr char app_tag = 'C';
constexpr char listed_tag = 'L';
constexpr char maybe_active_tag = 'M';
constexpr std::size_t number_bytes = 8;

std::string ordered_prefix(char tag, const AccountId& account, RequestKind kind) {
  return Key(tag).text(account.value).number(static_cast<std::uint64_t>(kind)).take();
}

class InboxFold {
 public:
  InboxFold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void operator()(const PreApprovalRequested& event) const { ask(event.request, RequestKind::pre_approval); }
  void operator()(const InstallRequested& event) const { ask(event.request, RequestKind::install); }

  void operator()(const PreApprovalRequestApproved& event) const { settle(event, RequestKind::pre_approval, 1); }
  void operator()(const PreApprovalRequestRejected& event) const { settle(event, RequestKind::pre_approval, 1); }
  void operator()(const PreApprovalRequestWithdrawn& event) const { settle(event, RequestKind::pre_approval, 1); }
  void operator()(const PreApprovalRequestCancelled& event) const { settle(event, RequestKind::pre_approval, 1); }
  void operator()(const InstallRequestRejected& event) const { settle(event, RequestKind::install, 1); }
  void operator()(const InstallRequestWithdrawn& event) const { settle(event, RequestKind::install, 1); }
  void operator()(const InstallRequestCancelled& event) const { settle(event, RequestKind::install, 1); }

  void operator()(const PreApprovalGranted& event) const {
    settle(event, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const InstallAudienceChanged& event) const {
    settle(event, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AllowListEntryAdded& event) const {
    settle(event, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AppAddedForAudience& event) const {
    settle(event, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AppInstalled& event) const { settle(event, RequestKind::install, event.fulfilled); }
  void operator()(const AllRequestsDeclined& event) const { settle_all(event.app_id, RequestKind::pre_approval); }
  void operator()(const AppRestricted& event) const {
    settle_all(event.app_id, RequestKind::pre_approval);
    settle_all(event.app_id, RequestKind::install);
  }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  [[nodiscard]] std::string app_key(const AppId& app, RequestKind kind) const {
    return Key(app_tag)
        .text(envelope_.account_id.value)
        .text(app.value)
        .number(static_cast<std::uint64_t>(kind))
        .take();
  }
  [[nodiscard]] std::string ordered_key(char tag, const AppId& app, RequestKind kind, std::uint64_t version) const {
    return Key(tag)
        .text(envelope_.account_id.value)
        .number(static_cast<std::uint64_t>(kind))
        .descending(version)
        .text(app.value)
        .take();
  }

  [[nodiscard]] std::optional<InboxRow> read(const std::string& key, const AppId& app) const {
    const auto stored = rows_.get(key);
    if (!stored)
      return std::nullopt;
    const auto row = unpack<InboxRow>(*stored);
    if (!row)
      throw BrokenRow("the inbox row of app " + app.value + " cannot be read");
    return row;
  }

  void ask(const RequestDetails& request, RequestKind kind) const {
    const auto key = app_key(request.app_id, kind);
    auto row = read(key, request.app_id);
    if (row) {
      rows_.erase(ordered_key(listed_tag, request.app_id, kind, row->latest_version));
      if (row->pending_max > 0)
        rows_.erase(ordered_key(maybe_active_tag, request.app_id, kind, row->latest_version));
    }
    const InboxRow now{envelope_.account_version, row ? row->pending_max + 1 : 1};
    rows_.put(key, pack(now));
    rows_.put(ordered_key(listed_tag, request.app_id, kind, now.latest_version), {});
    rows_.put(ordered_key(maybe_active_tag, request.app_id, kind, now.latest_version), {});
  }

  template <class EventOfApp>
  void settle(const EventOfApp& event, RequestKind kind, std::uint64_t number) const {
    if (number > 0)
      take_off(event.app_id, kind, number);
  }
  void settle_all(const AppId& app, RequestKind kind) const { take_off(app, kind, UINT64_MAX); }

  void take_off(const AppId& app, RequestKind kind, std::uint64_t number) const {
    const auto key = app_key(app, kind);
    auto row = read(key, app);
    if (!row || row->pending_max == 0)
      return;
    row->pending_max -= std::min(row->pending_max, number);
    rows_.put(key, pack(*row));
    if (row->pending_max == 0)
      rows_.erase(ordered_key(maybe_active_tag, app, kind, row->latest_version));
  }

  Table& rows_;
  const Envelope& envelope_;
};

bool belongs(InboxPart part, const RequestCounters& counters) {
  if (part == InboxPart::all)
    return true;
  return (part == InboxPart::active) == (counters.pending > 0);
}

}  // namespace

void InboxProjection::apply(Table& rows, const RecordedEvent& event) const {
  if (const auto* known = event.known())
    std::visit(InboxFold(rows, event.envelope), *known);
}

std::span<const RowShape> InboxProjection::shapes() const {
  static constexpr std::array<RowShape, 3> shapes{RowShape{app_tag, "app", "ttn", row_text<InboxRow>},
                                                  RowShape{listed_tag, "app by latest request", "tndt"},
                                                  RowShape{maybe_active_tag, "app that may be active", "tndt"}};
  return shapes;
}

Page<InboxApp> inbox_page(const TableReader& rows, const State& state, RequestKind kind, InboxPart part,
                          std::string_view cursor, std::size_t page_size) {
  const char tag = part == InboxPart::active ? maybe_active_tag : listed_tag;
  RowCursor listed(rows, ordered_prefix(tag, state.account_id(), kind), cursor);
  Page<InboxApp> page;
  PageBudget budget(page_size);
  for (; !listed.done(); listed.next()) {
    if (budget.spent(page.items.size()))
      return page;
    budget.count_row();
    page.next = listed.suffix();
    const auto app = listed.suffix().substr(number_bytes);
    InboxApp item{AppId{app.substr(0, app.find('\0'))}, {}};
    const auto governed = state.governed_app(item.app_id);
    item.counters = kind == RequestKind::pre_approval ? governed.pre_approval_requests : governed.install_requests;
    if (belongs(part, item.counters))
      page.items.push_back(std::move(item));
  }
  page.next.clear();
  return page;
}

}  // namespace gatehouse
