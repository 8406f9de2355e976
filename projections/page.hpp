// One page of a listing. `next` goes back into the query that made it, as it is; empty means that there is no more. A page may hold fewer
// items than were asked for, even none, and still not be the last: a query looks at a bounded number of rows.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse {

inline constexpr std::size_t page_items_max = 300;
inline constexpr std::size_t page_rows_scanned_max = 5'000;

template <class Item>
struct Page {
  std::vector<Item> items;
  std::string next;
};

// How far the query that makes a page may still go.
class PageBudget {
 public:
  explicit PageBudget(std::size_t items) : items_(items) {}
  [[nodiscard]] bool spent(std::size_t items_found) const { return items_found >= items_ || rows_ == 0; }
  void count_row() { rows_ -= rows_ > 0 ? 1 : 0; }

 private:
  std::size_t items_;
  std::size_t rows_ = page_rows_scanned_max;
};

}  // namespace gatehouse
