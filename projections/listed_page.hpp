// A page out of rows that are in the order of the listing: those below a prefix, after the cursor that the page before left.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "projections/page.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

// `item_of` makes an item of the row that it is given, as RowCursor shows it, or nothing.
template <class Item, class ItemOf>
[[nodiscard]] Page<Item> page_below(const TableReader& rows, std::string prefix, std::string_view cursor,
                                    std::size_t page_size, const ItemOf& item_of) {
  RowCursor listed(rows, std::move(prefix), cursor);
  Page<Item> page;
  PageBudget budget(page_size);
  for (; !listed.done(); listed.next()) {
    if (budget.spent(page.items.size()))
      return page;
    budget.count_row();
    page.next = listed.suffix();
    if (std::optional<Item> item = item_of(listed))
      page.items.push_back(std::move(*item));
  }
  page.next.clear();
  return page;
}

}  // namespace gatehouse
