#include "cli/top/look.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "cli/running_server.hpp"

namespace gatehouse::cli::top {

namespace {

constexpr std::chrono::seconds patience{5};
constexpr long unauthorized = 401;
constexpr long forbidden = 403;
constexpr long ok = 200;

std::vector<std::string> texts_in(const boost::json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const auto* list = object.if_contains(boost::json::string_view(name.data(), name.size()));
  if (list == nullptr || !list->is_array())
    return texts;
  for (const auto& text : list->get_array()) {
    if (text.is_string())
      texts.emplace_back(text.get_string());
  }
  return texts;
}

}  // namespace

std::optional<Readiness> readiness_in(const std::string& body) {
  boost::system::error_code error;
  const auto parsed = boost::json::parse(body, error);
  const auto* object = error ? nullptr : parsed.if_object();
  const auto* ready = object == nullptr ? nullptr : object->if_contains("ready");
  if (ready == nullptr || !ready->is_bool())
    return std::nullopt;
  return Readiness{ready->get_bool(), texts_in(*object, "reasons"), texts_in(*object, "degraded")};
}

Look Looker::look() {
  Look look;
  look.fault = take_in(look);
  look.at = std::chrono::steady_clock::now();
  return look;
}

std::string Looker::take_in(Look& look) try {
  const auto ready = get("/readyz");
  if (ready.status == 0)
    return ready.error;
  auto readiness = readiness_in(ready.body);
  if (!readiness)
    return "answers " + std::to_string(ready.status) + " to /readyz, and not as Gatehouse does";
  auto metrics = get("/metrics");
  if (metrics.status == unauthorized || metrics.status == forbidden) {
    token_ = server_.make_token();
    metrics = get("/metrics");
  }
  if (metrics.status != ok)
    return metrics.status == 0 ? metrics.error : "answers " + std::to_string(metrics.status) + " to /metrics";
  look.readiness = std::move(*readiness);
  look.measured = Exposition(metrics.body);
  return {};
} catch (const std::exception& error) {
  return error.what();
}

Looker::Answer Looker::get(const std::string& path) {
  outbound::HttpRequest request{.url = server_.url + path, .timeout = patience};
  request.cancelled = cancelled_;
  if (!token_.empty())
    request.headers.push_back("Authorization: Bearer " + token_);
  auto answer = call_server(std::move(request));
  return {answer.status, std::move(answer.body), std::move(answer.error)};
}

}  // namespace gatehouse::cli::top
