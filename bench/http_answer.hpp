// Cuts answers out of the bytes of a keep-alive connection. For our own server alone: answers carry a Content-Length.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::bench {

struct HttpAnswer {
  unsigned status{};
  std::string body;
};

// The bytes of the first whole answer in `received`, and its status; nothing while it is not complete. Throws std::runtime_error on what
// is not an answer of this form.
struct AnswerExtent {
  unsigned status{};
  std::size_t head_bytes{};
  std::size_t body_bytes{};
  [[nodiscard]] std::size_t bytes() const { return head_bytes + body_bytes; }
};
[[nodiscard]] std::optional<AnswerExtent> first_answer(std::string_view received);

// Requests as they go over the wire; an empty token or idempotency key sends none.
[[nodiscard]] std::string get_request(std::string_view target, std::string_view token);
[[nodiscard]] std::string post_request(std::string_view target, std::string_view token, std::string_view body,
                                       std::string_view idempotency_key = {});

}  // namespace gatehouse::bench
