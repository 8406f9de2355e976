#include "cli/online_rebuild.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cli/stopped_log.hpp"
#include "cli/token.hpp"
#include "outbound/http_client.hpp"

namespace gatehouse::cli {

namespace {

namespace json = boost::json;
constexpr std::chrono::milliseconds look_every{200};

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::uint64_t number_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<std::uint64_t>() : 0;
}

class Server {
 public:
  Server(const ReplayFlags& flags, std::string url)
      : url_(std::move(url)),
        token_(mint_token(
            {.data = flags.data, .user = "operator", .account = std::nullopt, .scope = "ops", .ttl = "1d"})) {}

  [[nodiscard]] json::object ask(const std::string& path, const std::string& body = {}) const {
    const auto answer =
        outbound::http_call({.url = url_ + path, .body = body, .headers = {"Authorization: Bearer " + token_}});
    boost::system::error_code error;
    const auto value = json::parse(answer.body, error);
    if (error || !value.is_object())
      throw std::runtime_error(url_ + ": " + (answer.error.empty() ? "is no server of Gatehouse" : answer.error));
    if (answer.status >= 300)
      throw std::runtime_error(text_of(value.get_object(), "detail"));
    return value.get_object();
  }
  [[nodiscard]] std::vector<json::object> projections() const {
    std::vector<json::object> all;
    const auto answer = ask("/v1/ops/projections");
    for (const auto& item : answer.at("items").as_array())
      all.push_back(item.as_object());
    return all;
  }

 private:
  std::string url_;
  std::string token_;
};

void show(const ProgressSink& line, const json::object& rebuild) {
  const auto rate = number_of(rebuild, "events_per_second");
  const auto done = number_of(rebuild, "events");
  line({.done = done,
        .total = number_of(rebuild, "events_total"),
        .elapsed = std::chrono::milliseconds(rate == 0 ? 0 : done * 1'000 / rate)});
}

// What came of one. False: not what was asked for.
bool tell(const json::object& projection) {
  const auto& result = projection.at("last_rebuild").as_object();
  const auto outcome = text_of(result, "outcome");
  std::cout << text_of(projection, "name") << ": " << outcome;
  if (const auto reason = text_of(result, "reason"); !reason.empty())
    std::cout << ": " << reason;
  if (const auto* compared = result.if_contains("comparison")) {
    const auto& comparison = compared->as_object();
    const auto differences = number_of(comparison, "differences");
    std::cout << ", " << number_of(comparison, "rows") << " rows, ";
    if (differences == 0)
      std::cout << "the same as before, digest " << text_of(comparison, "digest");
    else
      std::cout << differences << " not as before";
    for (const auto& example : comparison.at("examples").as_array())
      std::cout << "\n  " << std::string_view(example.as_string());
  }
  std::cout << "\n";
  return outcome == "switched" || outcome == "compared";
}

}  // namespace

int rebuild_online(const ReplayFlags& flags, const std::string& url) {
  const Server server(flags, url);
  (void)server.ask(flags.all ? "/v1/ops/rebuild" : "/v1/ops/projections/" + flags.projection + "/rebuild", "{}");
  const auto line = progress_line("rebuild");
  const auto is_asked_for = [&](const json::object& projection) {
    return flags.all ? text_of(projection, "state") != "inline" : text_of(projection, "name") == flags.projection;
  };
  for (bool running = true; running;) {
    running = false;
    for (const auto& projection : server.projections()) {
      const auto* rebuild = is_asked_for(projection) ? projection.if_contains("rebuild") : nullptr;
      if (rebuild == nullptr)
        continue;
      running = true;
      show(line, rebuild->as_object());
    }
    if (running)
      std::this_thread::sleep_for(look_every);
  }
  end_progress_line();
  bool all_well = true;
  for (const auto& projection : server.projections()) {
    if (is_asked_for(projection))
      all_well = tell(projection) && all_well;
  }
  return all_well ? 0 : 1;
}

}  // namespace gatehouse::cli
