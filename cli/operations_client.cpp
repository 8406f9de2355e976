#include "cli/operations_client.hpp"

#include <boost/json/parse.hpp>
#include <stdexcept>

#include "cli/running_server.hpp"
#include "cli/token.hpp"

namespace gatehouse::cli {

namespace {

boost::json::object object_in(const std::string& text) {
  boost::system::error_code error;
  const auto value = boost::json::parse(text, error);
  return !error && value.is_object() ? value.as_object() : boost::json::object();
}

}  // namespace

OperationsClient::OperationsClient(const std::string& data, std::string url)
    : url_(std::move(url)),
      token_(mint_token({.data = data, .user = "operator", .account = std::nullopt, .scope = "ops", .ttl = "1d"})) {}

boost::json::object OperationsClient::get(const std::string& path) const { return call(path, ""); }

boost::json::object OperationsClient::post(const std::string& path) const { return call(path, "{}"); }

boost::json::object OperationsClient::call(const std::string& path, const std::string& body) const {
  const auto answer = call_server({.url = url_ + "/v1/ops/" + path,
                                   .body = body,
                                   .headers = {"Authorization: Bearer " + token_, "Content-Type: application/json"}});
  if (answer.status == 0)
    throw std::runtime_error(url_ + ": " + answer.error);
  auto object = object_in(answer.body);
  if (answer.status / 100 == 2)
    return object;
  const auto* detail = object.if_contains("detail");
  throw std::runtime_error(url_ + ": " +
                           (detail != nullptr && detail->is_string() ? std::string(detail->as_string())
                                                                     : "answers " + std::to_string(answer.status)));
}

}  // namespace gatehouse::cli
