#include "tests/system/api_client.hpp"

#include <boost/json/parse.hpp>

namespace gatehouse::system_test {

namespace {

std::string head_of(std::string_view method, std::string_view token, std::string_view target) {
  std::string head;
  head.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  if (!token.empty())
    head.append("Authorization: Bearer ").append(token).append("\r\n");
  return head;
}

}  // namespace

Answer ApiClient::get(std::string_view token, std::string_view target) {
  return exchange(head_of("GET", token, target) + "\r\n");
}

Answer ApiClient::post(std::string_view token, std::string_view target, std::string_view body, std::string_view key) {
  auto request = head_of("POST", token, target);
  if (!key.empty())
    request.append("Idempotency-Key: ").append(key).append("\r\n");
  return send(std::move(request), body);
}

Answer ApiClient::put(std::string_view token, std::string_view target, std::string_view body) {
  return send(head_of("PUT", token, target), body);
}

Answer ApiClient::send(std::string request, std::string_view body) {
  request.append("Content-Type: application/json\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n\r\n");
  request.append(body);
  return exchange(request);
}

Answer ApiClient::exchange(const std::string& request) {
  if (!connection_)
    connection_.emplace(port_);
  auto answer = connection_->send(request) ? connection_->receive_answer() : Answer();
  if (answer.header("Connection") == "close" && answer.header("Content-Length").empty())
    answer.body += connection_->receive_rest();
  if (answer.status == 0 || answer.header("Connection") == "close")
    connection_.reset();
  return answer;
}

boost::json::value json_of(const Answer& answer) {
  boost::system::error_code error;
  auto value = boost::json::parse(answer.body, error);
  return error ? boost::json::value() : value;
}

}  // namespace gatehouse::system_test
