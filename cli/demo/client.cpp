#include "cli/demo/client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <stdexcept>

#include "cli/running_server.hpp"

namespace gatehouse::demo {

namespace {

constexpr std::chrono::seconds answer_timeout{30};

}  // namespace

Client::Client(std::string url) : url_(std::move(url)) {
  while (url_.ends_with('/'))
    url_.pop_back();
}

Answer Client::get(const std::string& token, const std::string& target) { return exchange(token, target, {}); }

Answer Client::post(const std::string& token, const std::string& target, const boost::json::value& body) {
  return exchange(token, target, boost::json::serialize(body));
}

Answer Client::exchange(const std::string& token, const std::string& target, std::string body) {
  outbound::HttpRequest request{.url = url_ + target,
                                .body = std::move(body),
                                .headers = {"Authorization: Bearer " + token},
                                .timeout = answer_timeout};
  if (!request.body.empty())
    request.headers.emplace_back("Content-Type: application/json");
  const auto answer = cli::call_server(std::move(request));
  if (answer.status == 0)
    throw std::runtime_error("cannot reach " + url_ + ": " + answer.error);
  return {.status = static_cast<unsigned>(answer.status),
          .body = answer.body.empty() ? nullptr : boost::json::parse(answer.body)};
}

}  // namespace gatehouse::demo
