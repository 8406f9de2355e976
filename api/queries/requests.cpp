// The admin's inbox and the requests themselves. Members see their own alone; another one's is not found.
#include <boost/describe/enum.hpp>
#include <tuple>

#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "api/shown_app.hpp"
#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"

namespace gatehouse::api {

namespace {

BOOST_DEFINE_FIXED_ENUM_CLASS(InboxState, std::uint8_t, active, past)

RequestItem item_of(const State& state, const RequestRow& row) {
  const auto& details = row.details;
  RequestItem item;
  item.request_id = details.request_id;
  item.kind = row.kind;
  item.app_id = details.app_id;
  item.app_name = details.app_name;
  item.user_id = details.user_id;
  item.user_email = state.opened(details.user_email);
  item.user_department = state.opened(details.department);
  item.reason = state.opened(details.reason);
  item.status = row.status;
  item.requested_at = row.requested_at;
  item.management_level = details.management_level;
  item.app_class = details.app_class;
  item.credentials = details.credentials;
  item.required_scopes = details.required_scopes;
  item.optional_scopes = details.optional_scopes;
  item.manifest_version = details.manifest_version;
  if (row.status != RequestStatus::pending) {
    item.decision =
        RequestDecisionItem{row.status, decider_of(row), row.decided_at, state.opened(row.decision_reason), row.via};
  }
  return item;
}

// Neither the app's class nor a list of those who may install it stands in the requester's way any more.
bool needs_no_approval(const State& state, const RequestRow& request, const MemberRow& member, const AppRow& app,
                       const AccountRow& account) {
  const auto& [app_id, user] = std::tie(request.details.app_id, request.details.user_id);
  if (approval_required(account, app, state.account_id(), request.details.credentials))
    return false;
  const auto governed = state.governed_app(app_id);
  return !governed.pre_approval_on || in_audience(state, governed, app_id, user, member);
}

// With what changes without the request itself changing.
RequestItem full_item(const QueryContext& context, const RequestRow& row) {
  auto item = item_of(context.state, row);
  const auto member = context.state.member(row.details.user_id);
  if (member)
    item.user_name = context.state.opened(member->name);
  const auto app = context.state.app(row.details.app_id);
  const auto account = context.state.account();
  if (row.kind == RequestKind::pre_approval && row.status == RequestStatus::pending && member && app && account &&
      needs_no_approval(context.state, row, *member, *app, *account)) {
    item.approval_not_required = true;
  }
  return item;
}

InboxItem inbox_item(const QueryContext& context, RequestKind kind, const InboxApp& inbox) {
  InboxItem item;
  item.app_id = inbox.app_id;
  if (const auto app = shown_app(context.state, inbox.app_id)) {
    item.app_name = app->facts.name;
    item.description = app->facts.description;
    item.company = app->facts.company;
    item.management_level = app->facts.level;
  }
  item.kind = kind;
  item.total = inbox.counters.total;
  item.pending = inbox.counters.pending;
  item.approved = inbox.counters.approved;
  item.rejected = inbox.counters.rejected;
  item.latest_request_id = inbox.latest_request_id;
  item.latest_request_at = inbox.counters.latest_at;
  if (inbox.latest_review) {
    item.latest_decided_by = inbox.latest_review->by;
    item.latest_decided_at = inbox.latest_review->at;
  }
  return item;
}

}  // namespace

QueryResult list_app_requests(const QueryContext& context) {
  const auto kind = context.parameters.choice<RequestKind>("kind").value_or(RequestKind::pre_approval);
  const auto state = context.parameters.choice<InboxState>("state");
  const auto part = !state ? InboxPart::all : *state == InboxState::active ? InboxPart::active : InboxPart::past;
  const auto page =
      inbox_page(*context.views.front().rows, context.state, kind, part, cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next, [&](std::string& out, const InboxApp& app) {
    append_json(out, inbox_item(context, kind, app));
  });
  answer.catalogue = context.catalogue_position;
  return answer;
}

QueryResult list_requests(const QueryContext& context) {
  RequestFilter filter{.kind = context.parameters.choice<RequestKind>("kind"),
                       .status = context.parameters.choice<RequestStatus>("status"),
                       .app_id = {},
                       .user_id = {}};
  if (const auto app = context.parameters.text("app_id"))
    filter.app_id = AppId{*app};
  if (const auto user = context.parameters.text("user_id")) {
    filter.user_id = *user == "me" ? context.access.caller.user_id() : UserId{*user};
  }
  if (!context.access.view) {
    const auto self = context.access.caller.user_id();
    if (filter.user_id && *filter.user_id != self)
      return tl::unexpected(privilege_required("MarketPlace:Read"));
    filter.user_id = self;
  }
  const auto page =
      requests_page(*context.views.front().rows, context.state, filter, cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next, [&](std::string& out, const RequestRow& row) {
    append_json(out, full_item(context, row));
  });
  answer.catalogue = context.catalogue_position;
  if (const auto self = context.access.caller.user_id(); filter.user_id == self)
    answer.caller = self;
  return answer;
}

QueryResult show_request(const QueryContext& context) {
  const auto row = effective_request(context.state, RequestId{context.path.at("request_id")});
  if (!row || !context.access.may_see(row->details.user_id)) {
    return tl::unexpected(make_problem("request_not_found", "There is no such request."));
  }
  auto item = full_item(context, *row);
  item.history = std::vector<RequestStep>{{row->requested_at, RequestStatus::pending, row->details.user_id}};
  if (row->status != RequestStatus::pending)
    item.history->push_back({row->decided_at, row->status, decider_of(*row)});
  auto answer = described_answer(item, row->version);
  answer.moves = true;
  answer.items = {{0, answer.body.size()}};
  answer.pending = row->status == RequestStatus::pending;
  return answer;
}

}  // namespace gatehouse::api
