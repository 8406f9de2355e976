// The questions of the vendor's API (Z1, Z2, Z4, Z7, Z11, Z12), one function each, named in the route table.
#pragma once
#include "api/query.hpp"

namespace gatehouse::api::zoom {

[[nodiscard]] QueryResult list_apps(const QueryContext& context);           // Z1
[[nodiscard]] QueryResult show_app(const QueryContext& context);            // Z2
[[nodiscard]] QueryResult list_requests(const QueryContext& context);       // Z4
[[nodiscard]] QueryResult list_user_requests(const QueryContext& context);  // Z7
[[nodiscard]] QueryResult validate_manifest(const QueryContext& context);   // Z11
[[nodiscard]] QueryResult export_manifest(const QueryContext& context);     // Z12

// Of now: its tag is of the account's version and the catalogue's position, by which If-Match is judged (run_commands.cpp), and of the bytes.
[[nodiscard]] inline QueryAnswer answer_of(const QueryContext& context) {
  QueryAnswer answer;
  answer.version = context.account_version;
  answer.catalogue = context.catalogue_position;
  answer.moves = true;
  return answer;
}

// The page's head in the vendor's form. `append(array)` writes the items of the member `name`.
template <class AppendItems>
[[nodiscard]] QueryAnswer page_answer(const QueryContext& context, std::string_view name, const std::string& next,
                                      AppendItems append) {
  auto answer = answer_of(context);
  {
    ObjectWriter object(answer.body);
    object.member("next_page_token", next.empty() ? std::string() : context.page.next_token(next))
        .member("page_size", std::uint64_t{context.page.size});
    ArrayWriter items(object.key(name));
    append(items);
  }
  return answer;
}

}  // namespace gatehouse::api::zoom
