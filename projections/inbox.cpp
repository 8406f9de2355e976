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
  RequestId latest_request_id;
  UserId reviewed_by;
  Timestamp reviewed_at;  // zero until there is a review
};
BOOST_DESCRIBE_STRUCT(InboxRow, (), (latest_version, pending_max, latest_request_id, reviewed_by, reviewed_at))

namespace {

constexpr char app_tag = 'C';
constexpr char listed_tag = 'L';
constexpr char maybe_active_tag = 'M';
constexpr std::size_t number_bytes = 8;

std::string ordered_prefix(char tag, const AccountId& account, RequestKind kind) {
  return Key(tag).text(account.value).number(static_cast<std::uint64_t>(kind)).take();
}

std::string app_key(const AccountId& account, const AppId& app, RequestKind kind) {
  return Key(app_tag).text(account.value).text(app.value).number(static_cast<std::uint64_t>(kind)).take();
}

std::optional<InboxRow> read_row(const TableReader& rows, const std::string& key, const AppId& app) {
  const auto stored = rows.get(key);
  if (!stored)
    return std::nullopt;
  const auto row = unpack<InboxRow>(*stored);
  if (!row)
    throw BrokenRow("the inbox row of app " + app.value + " cannot be read");
  return row;
}

class InboxFold {
 public:
  InboxFold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void operator()(const PreApprovalRequested& event) const { ask(event.request, RequestKind::pre_approval); }
  void operator()(const InstallRequested& event) const { ask(event.request, RequestKind::install); }

  void operator()(const PreApprovalRequestApproved& event) const {
    review(event.app_id, RequestKind::pre_approval, 1, event.decided_by);
  }
  void operator()(const PreApprovalRequestRejected& event) const {
    review(event.app_id, RequestKind::pre_approval, 1, event.decided_by);
  }
  void operator()(const InstallRequestRejected& event) const {
    review(event.app_id, RequestKind::install, 1, event.decided_by);
  }
  void operator()(const PreApprovalRequestWithdrawn& event) const { take_off(event.app_id, RequestKind::pre_approval); }
  void operator()(const PreApprovalRequestCancelled& event) const { take_off(event.app_id, RequestKind::pre_approval); }
  void operator()(const InstallRequestWithdrawn& event) const { take_off(event.app_id, RequestKind::install); }
  void operator()(const InstallRequestCancelled& event) const { take_off(event.app_id, RequestKind::install); }

  void operator()(const PreApprovalGranted& event) const { review_approved(event); }
  void operator()(const InstallAudienceChanged& event) const { review_approved(event); }
  void operator()(const AllowListEntryAdded& event) const { review_approved(event); }
  void operator()(const AppAddedForAudience& event) const { review_approved(event); }
  void operator()(const AppInstalled& event) const {
    review(event.app_id, RequestKind::install, event.fulfilled, event.installed_by);
  }
  void operator()(const AllRequestsDeclined& event) const {
    settle_all(event, RequestKind::pre_approval, event.decided_by);
  }
  void operator()(const AppRestricted& event) const {
    settle_all(event, RequestKind::pre_approval, actor());
    settle_all(event, RequestKind::install, actor());
  }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  [[nodiscard]] std::string ordered_key(char tag, const AppId& app, RequestKind kind, std::uint64_t version) const {
    return Key(tag)
        .text(envelope_.account_id.value)
        .number(static_cast<std::uint64_t>(kind))
        .descending(version)
        .text(app.value)
        .take();
  }

  void ask(const RequestDetails& request, RequestKind kind) const {
    const auto key = app_key(envelope_.account_id, request.app_id, kind);
    auto row = read_row(rows_, key, request.app_id);
    if (row) {
      rows_.erase(ordered_key(listed_tag, request.app_id, kind, row->latest_version));
      if (row->pending_max > 0)
        rows_.erase(ordered_key(maybe_active_tag, request.app_id, kind, row->latest_version));
    }
    auto now = row.value_or(InboxRow{});
    now.latest_version = envelope_.account_version;
    now.latest_request_id = request.request_id;
    ++now.pending_max;
    rows_.put(key, pack(now));
    rows_.put(ordered_key(listed_tag, request.app_id, kind, now.latest_version), {});
    rows_.put(ordered_key(maybe_active_tag, request.app_id, kind, now.latest_version), {});
  }

  [[nodiscard]] UserId actor() const { return UserId{envelope_.actor.id}; }

  template <class EventOfApp>
  void review_approved(const EventOfApp& event) const {
    review(event.app_id, RequestKind::pre_approval, event.approved_requests, actor());
  }
  // `number` requests were approved or rejected; none is no review.
  void review(const AppId& app, RequestKind kind, std::uint64_t number, const UserId& by) const {
    if (number > 0)
      take_off(app, kind, number, Review{by, envelope_.recorded_at});
  }
  template <class EventOfApp>
  void settle_all(const EventOfApp& event, RequestKind kind, const UserId& by) const {
    auto rejected = event.rejected_requests > 0 ? std::optional(Review{by, envelope_.recorded_at}) : std::nullopt;
    take_off(event.app_id, kind, UINT64_MAX, rejected);
  }

  void take_off(const AppId& app, RequestKind kind, std::uint64_t number = 1,
                const std::optional<Review>& review = {}) const {
    const auto key = app_key(envelope_.account_id, app, kind);
    auto row = read_row(rows_, key, app);
    if (!row || row->pending_max == 0)
      return;
    row->pending_max -= std::min(row->pending_max, number);
    if (review) {
      row->reviewed_by = review->by;
      row->reviewed_at = review->at;
    }
    rows_.put(key, pack(*row));
    if (row->pending_max == 0)
      rows_.erase(ordered_key(maybe_active_tag, app, kind, row->latest_version));
  }

  Table& rows_;
  const Envelope& envelope_;
};

std::optional<Review> latest_review(const InboxRow& row) {
  return row.reviewed_at == Timestamp{} ? std::nullopt : std::optional(Review{row.reviewed_by, row.reviewed_at});
}

bool belongs(InboxPart part, const RequestCounters& counters) {
  switch (part) {
  case InboxPart::active:
    return counters.pending > 0;
  case InboxPart::past:
    return counters.pending == 0;
  case InboxPart::decided:
    return counters.total > counters.pending;
  case InboxPart::all:
    break;
  }
  return true;
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
    InboxApp item{AppId{app.substr(0, app.find('\0'))}, {}, {}, {}};
    const auto governed = state.governed_app(item.app_id);
    item.counters = kind == RequestKind::pre_approval ? governed.pre_approval_requests : governed.install_requests;
    if (!belongs(part, item.counters))
      continue;
    // Rows of version 1, which serve until those of this version are made, tell neither.
    const auto stored = rows.get(app_key(state.account_id(), item.app_id, kind));
    if (const auto row = stored ? unpack<InboxRow>(*stored) : std::nullopt) {
      item.latest_review = latest_review(*row);
      item.latest_request_id = row->latest_request_id;
    }
    page.items.push_back(std::move(item));
  }
  page.next.clear();
  return page;
}

}  // namespace gatehouse
