// Z1 and Z2: lists of apps, and one app with what it asks for.
#include <algorithm>
#include <map>

#include "api/queries/listing.hpp"
#include "api/zoom/app_json.hpp"
#include "api/zoom/queries.hpp"
#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "domain/scope_needs.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"

namespace gatehouse::api::zoom {

namespace {

// In the order of the route's projections.
enum View : std::size_t { inbox_view, catalogue_view, approvals_view, requests_view };

const TableReader& rows_of(const QueryContext& context, View view) { return *context.views.at(view).rows; }

struct Asked {
  RequestKind kind{};
  InboxApp app;
};

// Both inboxes, one after the other: the cursor says in which one it stands.
gatehouse::Page<Asked> asked_rows(const QueryContext& context, InboxPart part, const std::string& cursor,
                                  std::size_t size) {
  constexpr char approvals_mark = 'a';
  constexpr char installs_mark = 'i';
  const bool in_installs = cursor.starts_with(installs_mark);
  const auto inner = cursor.empty() ? std::string() : cursor.substr(1);
  gatehouse::Page<Asked> page;
  const auto take = [&](RequestKind kind, const std::string& from) {
    auto found = inbox_page(rows_of(context, inbox_view), context.state, kind, part, from, size - page.items.size());
    for (auto& app : found.items)
      page.items.push_back({kind, std::move(app)});
    return std::move(found.next);
  };
  if (!in_installs) {
    const auto next = take(RequestKind::pre_approval, inner);
    if (!next.empty())
      page.next = approvals_mark + next;
    else if (page.items.size() == size)
      page.next = std::string(1, installs_mark);
    if (!page.next.empty())
      return page;
  }
  const auto next = take(RequestKind::install, in_installs ? inner : std::string());
  if (!next.empty())
    page.next = installs_mark + next;
  return page;
}

// A page is put together of several where many do not belong to the list: the vendor's clients may take an empty page for the last.
constexpr int rows_taken_max = 20;

gatehouse::Page<Asked> asked_page(const QueryContext& context, InboxPart part) {
  gatehouse::Page<Asked> page{.items = {}, .next = cursor_of(context)};
  for (int taken = 0; taken < rows_taken_max && page.items.size() < context.page.size; ++taken) {
    auto found = asked_rows(context, part, page.next, context.page.size - page.items.size());
    for (auto& asked : found.items) {
      if (present_app(context.state, asked.app.app_id))
        page.items.push_back(std::move(asked));
    }
    page.next = std::move(found.next);
    if (page.next.empty())
      break;
  }
  return page;
}

void append_review(ObjectWriter& object, const QueryContext& context, const Review& review) {
  const auto reviewer = context.state.member(review.by);
  object.member_if_any("reviewer_name", reviewer ? context.state.text_of(reviewer->name) : review.by.value)
      .member("review_date_time", time_text(review.at));
}

// The newest that the list is about. Looked for among so many of an app, for one page may have hundreds of apps.
constexpr std::size_t requests_looked_at_max = 300;

std::optional<RequestRow> newest_request(const QueryContext& context, const Asked& asked, InboxPart part) {
  const auto fits = [part](const RequestRow& row) {
    return (row.status == RequestStatus::pending) == (part == InboxPart::active);
  };
  auto latest =
      asked.app.latest_request_id ? effective_request(context.state, *asked.app.latest_request_id) : std::nullopt;
  if (!latest || fits(*latest))
    return latest;
  const RequestFilter filter{.kind = asked.kind, .status = {}, .app_id = asked.app.app_id, .user_id = {}};
  constexpr std::size_t at_once = 30;
  std::string next;
  for (std::size_t looked_at = 0; looked_at < requests_looked_at_max; looked_at += at_once) {
    auto page = requests_page(rows_of(context, requests_view), context.state, filter, next, at_once);
    if (const auto found = std::ranges::find_if(page.items, fits); found != page.items.end())
      return std::move(*found);
    next = std::move(page.next);
    if (next.empty())
      break;
  }
  return latest;
}

void append_asked(ObjectWriter& object, const QueryContext& context, const Asked& asked, InboxPart part) {
  const auto& counters = asked.app.counters;
  const auto newest = newest_request(context, asked, part);
  if (newest)
    object.member("request_id", newest->details.request_id);
  object.member("request_total_number", counters.total).member("request_pending_number", counters.pending);
  if (part == InboxPart::active) {
    object.member("latest_request_date_time", time_text(newest ? newest->requested_at : counters.latest_at));
    return;
  }
  object.member("request_approved_number", counters.approved).member("request_declined_number", counters.rejected);
  if (asked.app.latest_review)
    append_review(object, context, *asked.app.latest_review);
}

template <class Extra>
void append_app(ArrayWriter& apps, const QueryContext& context, const AppId& app_id, const Extra& extra) {
  const auto app = present_app(context.state, app_id);
  if (!app)
    return;
  const auto governed = context.state.governed_app(app_id);
  ObjectWriter object(apps.next());
  append_identity(object, app_id, *app);
  extra(object);
  append_facts(object, context, *app);
  if (governed.restricted)
    object.member("restricted_time", time_text(governed.restricted_at));
  append_approval(object, context, *app, governed);
}

constexpr auto nothing_more = [](ObjectWriter&) {};

QueryAnswer asked_apps(const QueryContext& context, InboxPart part) {
  const auto page = asked_page(context, part);
  return page_answer(context, "apps", page.next, [&](ArrayWriter& apps) {
    for (const auto& asked : page.items) {
      append_app(apps, context, asked.app.app_id,
                 [&](ObjectWriter& object) { append_asked(object, context, asked, part); });
    }
  });
}

const AppId& id_of(const AppId& app_id) { return app_id; }
const AppId& id_of(const GovernedApp& app) { return app.app_id; }

// A page of those that `shows` says belong to the list.
template <class PageOf, class Shows>
QueryAnswer shown_apps(const QueryContext& context, const PageOf& page_of, const Shows& shows) {
  std::vector<AppId> found;
  auto cursor = cursor_of(context);
  for (int taken = 0; taken < rows_taken_max && found.size() < context.page.size; ++taken) {
    auto page = page_of(cursor, context.page.size - found.size());
    for (const auto& item : page.items) {
      const auto app = present_app(context.state, id_of(item));
      if (app && shows(*app))
        found.push_back(id_of(item));
    }
    cursor = std::move(page.next);
    if (cursor.empty())
      break;
  }
  return page_answer(context, "apps", cursor, [&](ArrayWriter& apps) {
    for (const auto& app_id : found)
      append_app(apps, context, app_id, nothing_more);
  });
}

template <class Shows>
QueryAnswer catalogue_apps(const QueryContext& context, const CatalogueFilter& filter, const Shows& shows) {
  const auto page_of = [&](const std::string& cursor, std::size_t size) {
    return catalogue_page(rows_of(context, catalogue_view), context.state.account_id(), filter, CatalogueOrder::by_name,
                          cursor, size);
  };
  return shown_apps(context, page_of, shows);
}

using GovernedPage = gatehouse::Page<GovernedApp> (*)(const TableReader&, const State&, std::string_view, std::size_t);

QueryAnswer governed_apps(const QueryContext& context, GovernedPage governed_page) {
  const auto page_of = [&](const std::string& cursor, std::size_t size) {
    return governed_page(rows_of(context, approvals_view), context.state, cursor, size);
  };
  return shown_apps(context, page_of, [](const AppRow&) { return true; });
}

// Scopes by what they are about, as the vendor groups permissions.
void append_permissions(ObjectWriter& object, const QueryContext& context, const AppFacts& facts) {
  std::map<std::string, std::vector<std::string>, std::less<>> groups;
  for (const auto* names : {&facts.required_scopes, &facts.optional_scopes}) {
    for (const auto& name : *names)
      groups[name.substr(0, name.find(':'))].push_back(scope_needs(context.state, name).description);
  }
  ArrayWriter permissions(object.key("app_permissions"));
  for (const auto& [group, descriptions] : groups) {
    ObjectWriter permission(permissions.next());
    permission.member("group", group).member("group_message", "").member("title", group);
    ArrayWriter names(permission.key("permissions"));
    for (const auto& description : descriptions)
      ObjectWriter(names.next()).member("name", description);
  }
}

void append_requirements(ObjectWriter& object, const AppFacts& facts) {
  const std::vector<std::string> none;
  ObjectWriter requirements(object.key("app_requirements"));
  requirements.member("user_role", facts.level == ManagementLevel::account ? "admin" : "user")
      .member("min_client_version", "");
  ObjectWriter(requirements.key("account_eligibility")).member("account_types", none).member("premium_events", none);
}

void append_app_page(std::string& out, const QueryContext& context, const AppId& app_id, const AppRow& app) {
  const auto& facts = app.facts;
  ObjectWriter object(out);
  append_identity(object, app_id, app);
  object.member("app_description", facts.description);
  ObjectWriter(object.key("app_links"))
      .member("documentation_url", facts.documentation_url)
      .member("privacy_policy_url", facts.privacy_url)
      .member("support_url", facts.support_url)
      .member("terms_of_use_url", facts.terms_url);
  append_permissions(object, context, facts);
  append_requirements(object, facts);
  auto scopes = facts.required_scopes;
  scopes.insert(scopes.end(), facts.optional_scopes.begin(), facts.optional_scopes.end());
  object.member("app_scopes", scopes);
}

}  // namespace

QueryResult list_apps(const QueryContext& context) {
  const auto type = context.parameters.text("type").value_or("active_requests");
  if (type == "active_requests")
    return asked_apps(context, InboxPart::active);
  if (type == "past_requests")
    return asked_apps(context, InboxPart::decided);
  if (type == "approved_apps")
    return governed_apps(context, approved_apps_page);
  if (type == "restricted_apps")
    return governed_apps(context, restricted_apps_page);
  if (type == "account_added")
    return governed_apps(context, added_apps_page);
  if (type == "public")
    return catalogue_apps(context, {}, [](const AppRow& app) { return app.published && app.listed; });
  return catalogue_apps(context, {.developer = DeveloperKind::account},
                        [&](const AppRow& app) { return app.developer_account_id == context.state.account_id(); });
}

QueryResult show_app(const QueryContext& context) {
  const AppId app_id{context.path.at("app_id")};
  const auto app = present_app(context.state, app_id);
  if (!app)
    return tl::unexpected(make_problem("app_not_found", "There is no such app for this account."));
  auto answer = answer_of(context);
  append_app_page(answer.body, context, app_id, *app);
  return answer;
}

}  // namespace gatehouse::api::zoom
