// How the queries turn pages into answers: items by their descriptions, and the token that leads on.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "api/json/described_writer.hpp"
#include "api/query.hpp"
#include "projections/page.hpp"

namespace gatehouse::api {

// The cursor that the page before left, or empty.
[[nodiscard]] inline std::string cursor_of(const QueryContext& context) {
  return context.page.after.value_or(std::string());
}

// `append(out, item)` writes one item. The version is the account's; `next` is the cursor for what follows.
template <class Items, class Append>
[[nodiscard]] QueryAnswer list_answer(const QueryContext& context, const Items& items, const std::string& next,
                                      Append append) {
  QueryAnswer answer;
  {
    ObjectWriter object(answer.body);
    {
      ArrayWriter array(object.key("items"));
      for (const auto& item : items) {
        auto& out = array.next();
        const auto at = out.size();
        append(out, item);
        answer.items.push_back({at, out.size() - at});
      }
    }
    const auto token = next.empty() ? std::string() : context.page.next_token(next);
    object.member("next_page_token", token);
    answer.page_token = {answer.body.size() - token.size() - 1, token.size()};  // before its quote
  }
  answer.version = context.account_version;
  return answer;
}

template <class T>
[[nodiscard]] QueryAnswer described_answer(const T& value, std::uint64_t version) {
  QueryAnswer answer;
  append_json(answer.body, value);
  answer.version = version;
  return answer;
}

// What is still wanted of a page: rows after `cursor`, which is one of these rows or stands before them all.
struct ScanRange {
  std::string cursor;
  std::size_t items{};
};

// Where a page's rows come from when they are state rows in key order: those below `prefix`. `take(key, value)` answers whether the row became an
// item. The cursor for what follows, or empty.
template <class Take>
[[nodiscard]] std::string scan_rows(const State& state, const std::string& prefix, const ScanRange& range, Take take) {
  auto last = range.cursor;
  std::size_t items = 0;
  std::size_t looked_at = 0;
  std::string next;
  state.rows().scan(prefix, last.starts_with(prefix) ? last + '\0' : std::string(),
                    [&](std::string_view key, std::string_view value) {
                      if (items == range.items || looked_at == page_rows_scanned_max) {
                        next = last;
                        return false;
                      }
                      last = key;
                      ++looked_at;
                      items += take(key, value) ? 1 : 0;
                      return true;
                    });
  return next;
}

template <class Take>
[[nodiscard]] std::string scan_page(const QueryContext& context, const std::string& prefix, Take take) {
  return scan_rows(context.state, prefix, {cursor_of(context), context.page.size}, std::move(take));
}

}  // namespace gatehouse::api
