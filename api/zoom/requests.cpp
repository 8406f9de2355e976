// Z4 and Z7: the requests for one app, and those of one user.
#include "projections/requests.hpp"
#include "api/queries/listing.hpp"
#include "api/shown_app.hpp"
#include "api/zoom/app_json.hpp"
#include "api/zoom/queries.hpp"
#include "domain/gate.hpp"
#include "domain/request.hpp"

namespace gatehouse::api::zoom {

namespace {

// Withdrawn and cancelled requests stand among the past ones, but no status names them.
std::string_view status_of(RequestStatus status) {
  switch (status) {
  case RequestStatus::pending:
    return "pending";
  case RequestStatus::approved:
  case RequestStatus::fulfilled:
    return "approved";
  case RequestStatus::rejected:
    return "rejected";
  case RequestStatus::withdrawn:
    return "withdrawn";
  case RequestStatus::cancelled:
    return "cancelled";
  }
  return {};
}

void append_request(ArrayWriter& requests, const QueryContext& context, const RequestRow& row) {
  const auto& details = row.details;
  const auto member = context.state.member(details.user_id);
  ObjectWriter(requests.next())
      .member("request_user_id", details.user_id)
      .member("request_user_name", member ? context.state.text_of(member->name) : std::string())
      .member("request_user_email", context.state.text_of(details.user_email))
      .member("request_user_department", context.state.text_of(details.department))
      .member("request_date_time", time_text(row.requested_at))
      .member("reason", context.state.text_of(details.reason))
      .member("status", status_of(row.status));
}

void append_asked_app(ArrayWriter& apps, const QueryContext& context, const RequestRow& row) {
  const auto app = shown_app(context.state, row.details.app_id);
  if (!app)
    return;
  ObjectWriter object(apps.next());
  append_identity(object, row.details.app_id, *app);
  object.member("request_id", row.details.request_id)
      .member("request_date_time", time_text(row.requested_at))
      .member("request_status", status_of(row.status));
}

// Goes on over the rows that the list leaves out, as far as one page may look.
template <class Shows>
gatehouse::Page<RequestRow> shown_page(const QueryContext& context, const RequestFilter& filter, const Shows& shows) {
  gatehouse::Page<RequestRow> page{.items = {}, .next = cursor_of(context)};
  std::size_t looked_at = 0;
  do {
    auto found = requests_page(*context.views.front().rows, context.state, filter, page.next,
                               context.page.size - page.items.size());
    looked_at += found.items.size();
    for (auto& row : found.items) {
      if (shows(row))
        page.items.push_back(std::move(row));
    }
    page.next = std::move(found.next);
  } while (!page.next.empty() && page.items.size() < context.page.size && looked_at < page_rows_scanned_max);
  return page;
}

}  // namespace

QueryResult list_requests(const QueryContext& context) {
  const AppId app_id{context.path.at("app_id")};
  if (!present_app(context.state, app_id))
    return tl::unexpected(make_problem("app_not_found", "There is no such app for this account."));
  const auto wanted = context.parameters.text("status").value_or("pending");
  const RequestFilter filter{.kind = {}, .status = {}, .app_id = app_id, .user_id = {}};
  const auto page = shown_page(context, filter, [&](const RequestRow& row) { return status_of(row.status) == wanted; });
  return page_answer(context, "requests", page.next, [&](ArrayWriter& requests) {
    for (const auto& row : page.items)
      append_request(requests, context, row);
  });
}

QueryResult list_user_requests(const QueryContext& context) {
  const auto asked = context.path.at("user_id");
  const UserId user = asked == "me" ? context.access.caller.user_id() : UserId{asked};
  if (!context.state.member(user))
    return tl::unexpected(make_problem("user_not_found", "There is no such member."));
  const bool active = context.parameters.text("type").value_or("active_requests") == "active_requests";
  const RequestFilter filter{.kind = {}, .status = {}, .app_id = {}, .user_id = user};
  const auto page = shown_page(context, filter, [&](const RequestRow& row) {
    return (row.status == RequestStatus::pending) == active && present_app(context.state, row.details.app_id);
  });
  return page_answer(context, "apps", page.next, [&](ArrayWriter& apps) {
    for (const auto& row : page.items)
      append_asked_app(apps, context, row);
  });
}

}  // namespace gatehouse::api::zoom
