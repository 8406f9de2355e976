#include <algorithm>
#include <vector>

#include "events/archive.hpp"
#include "projections/catalogue.hpp"
#include "projections/catalogue_row.hpp"
#include "table/key.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t number_bytes = 8;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const auto folded = fold_case(text);
  for (std::size_t at = 0; (at = folded.find_first_not_of(" \t", at)) != std::string::npos;) {
    const auto end = std::min(folded.find_first_of(" \t", at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = end;
  }
  return words;
}

class Matcher {
 public:
  explicit Matcher(const CatalogueFilter& filter)
      : filter_(filter), words_(words_of(filter.words)), category_(fold_case(filter.category)) {}

  [[nodiscard]] bool matches_all() const {
    return words_.empty() && category_.empty() && filter_.scope.empty() && !filter_.developer && !filter_.level;
  }
  [[nodiscard]] bool matches(const CatalogueRow& row) const {
    const auto has = [](const std::vector<std::string>& values, const std::string& wanted) {
      return wanted.empty() || std::ranges::find(values, wanted) != values.end();
    };
    const bool kind_fits =
        (!filter_.developer || *filter_.developer == row.developer) && (!filter_.level || *filter_.level == row.level);
    return kind_fits && has(row.categories, category_) && has(row.scopes, filter_.scope) &&
           std::ranges::all_of(words_,
                               [&](const auto& word) { return row.search_text.find(word) != std::string::npos; });
  }

 private:
  const CatalogueFilter& filter_;
  std::vector<std::string> words_;
  std::string category_;
};

// The sort name or the age stands before the app.
AppId app_of(CatalogueOrder order, std::string_view suffix) {
  const auto before = order == CatalogueOrder::by_name ? suffix.find('\0') + 1 : number_bytes;
  const auto app = suffix.substr(before);
  return AppId{app.substr(0, app.find('\0'))};
}

bool is_found(const TableReader& rows, const AppId& app, const Matcher& matcher) {
  if (matcher.matches_all())
    return true;
  const auto stored = rows.get(Key('A').text(app.value).take());
  const auto row = stored ? unpack<CatalogueRow>(*stored) : std::nullopt;
  return row && matcher.matches(*row);
}

}  // namespace

Page<AppId> catalogue_page(const TableReader& rows, const AccountId& account, const CatalogueFilter& filter,
                           CatalogueOrder order, std::string_view cursor, std::size_t page_size) {
  const Matcher matcher(filter);
  const char tag = order == CatalogueOrder::by_name ? 'N' : 'D';
  RowCursor shown_to_all(rows, Key(tag).text("").take(), cursor);
  RowCursor own(rows, Key(tag).text(account.value).take(), cursor);
  Page<AppId> page;
  PageBudget budget(page_size);
  while (!shown_to_all.done() || !own.done()) {
    if (budget.spent(page.items.size()))
      return page;
    const bool own_is_next = shown_to_all.done() || (!own.done() && own.suffix() < shown_to_all.suffix());
    auto& nearest = own_is_next ? own : shown_to_all;
    page.next = nearest.suffix();
    auto app = app_of(order, page.next);
    if (is_found(rows, app, matcher))
      page.items.push_back(std::move(app));
    budget.count_row();
    nearest.next();
  }
  page.next.clear();
  return page;
}

}  // namespace gatehouse
