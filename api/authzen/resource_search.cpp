#include "api/authzen/resource_search.hpp"

#include <algorithm>

#include "api/authzen/candidates.hpp"
#include "domain/privileges.hpp"
#include "domain/state_keys.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"

namespace gatehouse::api::authzen {

namespace {

// In the order of the route's projections.
constexpr std::size_t catalogue_view = 0;
constexpr std::size_t approvals_view = 1;

bool is_allowed(const QueryContext& context, const Deed& deed) {
  return judge(context.state, deed, context.now).allowed();
}

// Part `mark` of a search that looks in two places, one after the other; the cursor begins with the part's mark.
constexpr char approved_mark = 'a';
constexpr char catalogue_mark = 'c';

class ResourceSearch {
 public:
  ResourceSearch(const QueryContext& context, Deed deed, std::size_t limit)
      : context_(context), deed_(std::move(deed)), limit_(limit), budget_(search_judged_max) {}

  Found run(const std::string& after) {
    if (after.empty() || after.front() == approved_mark) {
      if (!walk_approved(after.empty() ? after : after.substr(1)))
        return std::move(found_);
      walk_catalogue({});
    } else {
      walk_catalogue(after.substr(1));
    }
    return std::move(found_);
  }

 private:
  using AppPage = gatehouse::Page<AppId>;

  void judge_app(const AppId& app) {
    deed_.app = app;
    if (is_allowed(context_, deed_))
      found_.names.push_back(app.value);
  }

  [[nodiscard]] std::size_t room() const { return std::min(limit_ - found_.names.size(), budget_); }

  // Takes pages until there is no room or no more. False when it stopped before the end.
  template <class NextPage, class Wanted>
  bool walk(char mark, std::string cursor, const NextPage& next_page, const Wanted& wanted) {
    do {
      if (room() == 0) {
        found_.next = mark + cursor;
        return false;
      }
      const AppPage page = next_page(cursor, room());
      budget_ -= std::min(budget_, std::max<std::size_t>(page.items.size(), 1));
      for (const auto& app : page.items) {
        if (wanted(app))
          judge_app(app);
      }
      cursor = page.next;
    } while (!cursor.empty());
    return true;
  }

  bool walk_approved(const std::string& cursor) {
    const auto next_page = [&](const std::string& from, std::size_t size) {
      auto page = approved_apps_page(*context_.views.at(approvals_view).rows, context_.state, from, size);
      AppPage ids{.items = {}, .next = std::move(page.next)};
      for (auto& app : page.items)
        ids.items.push_back(std::move(app.app_id));
      return ids;
    };
    const bool ended = walk(approved_mark, cursor, next_page, [](const AppId&) { return true; });
    if (ended && room() == 0 && may_be_in_catalogue()) {
      found_.next = std::string(1, catalogue_mark);
      return false;
    }
    return ended && may_be_in_catalogue();
  }

  // Where everything needs approval, what is not approved need not be looked at.
  [[nodiscard]] bool may_be_in_catalogue() const {
    if (deed_.action != ActionKind::install)
      return true;
    const auto account = context_.state.account();
    const bool all_required = account && account->public_policy.required && account->unlisted_policy.required;
    const bool exempt =
        account && (account->public_policy.exempt_platform || account->public_policy.exempt_account ||
                    account->unlisted_policy.exempt_platform || account->unlisted_policy.exempt_account);
    return !all_required || exempt || holds(context_.state, deed_.user, marketplace_edit);
  }

  void walk_catalogue(const std::string& cursor) {
    const auto next_page = [&](const std::string& from, std::size_t size) {
      return catalogue_page(*context_.views.at(catalogue_view).rows, context_.state.account_id(), {},
                            CatalogueOrder::by_name, from, size);
    };
    walk(catalogue_mark, cursor, next_page,
         [&](const AppId& app) { return !context_.state.governed_app(app).pre_approval_on; });
  }

  const QueryContext& context_;
  Deed deed_;
  std::size_t limit_;
  std::size_t budget_;
  Found found_;
};

}  // namespace

Found search_governed(const QueryContext& context, const Deed& deed, const SearchRange& range) {
  return ResourceSearch(context, deed, range.limit).run(range.after);
}

Found search_own(const QueryContext& context, Deed deed, const SearchRange& range) {
  const auto& account = context.state.account_id();
  CandidateWalk walk(context.state.rows(),
                     {state_keys::subscriptions_of_user(account, deed.user), state_keys::apps_for_everyone(account)},
                     range.after);
  Found found;
  std::string last = range.after;
  for (std::size_t looked_at = 0; auto app = walk.next(); ++looked_at) {
    if (found.names.size() == range.limit || looked_at == search_judged_max) {
      found.next = last;
      return found;
    }
    last = *app;
    deed.app = AppId{*app};
    if (is_allowed(context, deed))
      found.names.push_back(*app);
  }
  return found;
}

}  // namespace gatehouse::api::authzen
