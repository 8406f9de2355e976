#include "bench/http_answer.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

namespace gatehouse::bench {

namespace {

constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::string_view length_field = "\r\ncontent-length:";

bool same_letter(char left, char right) {
  return std::tolower(static_cast<unsigned char>(left)) == std::tolower(static_cast<unsigned char>(right));
}

std::size_t number_at(std::string_view text) {
  const auto start = std::min(text.find_first_not_of(' '), text.size());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + start, text.data() + text.size(), number);
  if (error != std::errc{}) throw std::runtime_error("an answer holds a number that cannot be read");
  return number;
}

std::string authorization(std::string_view token) {
  return token.empty() ? std::string() : "Authorization: Bearer " + std::string(token) + "\r\n";
}

}  // namespace

std::optional<AnswerExtent> first_answer(std::string_view received) {
  const auto end = received.find(head_end);
  if (end == std::string_view::npos) return std::nullopt;
  const auto head = received.substr(0, end + 2);
  if (!head.starts_with("HTTP/1.1 ")) throw std::runtime_error("the server's answer is not HTTP/1.1");
  AnswerExtent extent{.status = static_cast<unsigned>(number_at(head.substr(9, 3))), .head_bytes = end + head_end.size()};
  const auto field = std::ranges::search(head, length_field, same_letter);
  if (!field.empty()) {
    extent.body_bytes = number_at(head.substr(static_cast<std::size_t>(field.end() - head.begin())));
  } else if (extent.status != 204 && extent.status != 304) {
    throw std::runtime_error("the server's answer has no Content-Length");
  }
  if (received.size() < extent.bytes()) return std::nullopt;
  return extent;
}

std::string get_request(std::string_view target, std::string_view token) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(token) + "\r\n";
}

std::string post_request(std::string_view target, std::string_view token, std::string_view body,
                         std::string_view idempotency_key) {
  std::string request = "POST " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(token);
  if (!idempotency_key.empty()) request += "Idempotency-Key: " + std::string(idempotency_key) + "\r\n";
  request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return request.append(body);
}

}  // namespace gatehouse::bench
