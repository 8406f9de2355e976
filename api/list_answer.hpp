// Builds the answer of a list: {"items": [...], "next_page_token": "..."}.
#pragma once
#include <string>
#include <string_view>

#include "api/query.hpp"

namespace gatehouse::api {

class ListAnswer {
 public:
  explicit ListAnswer(const Page& page) : page_(&page), body_(R"({"items":[)") {}

  // When it is full, the next row that would follow only tells that there is another page: call more().
  [[nodiscard]] bool is_full() const { return items_ == page_->size; }
  // One item is to be appended to what this returns; `key` is the row's own, from which the next page goes on.
  std::string& item(std::string_view key) {
    append_separator(body_);
    ++items_;
    last_key_ = key;
    return body_;
  }
  void more() { has_more_ = true; }

  [[nodiscard]] std::string finish() && {
    body_.append(R"(],"next_page_token":)");
    append_text(body_, has_more_ ? page_->next_token(last_key_) : std::string());
    body_.push_back('}');
    return std::move(body_);
  }

 private:
  const Page* page_;
  std::string body_;
  std::string last_key_;
  std::size_t items_ = 0;
  bool has_more_ = false;
};

}  // namespace gatehouse::api
