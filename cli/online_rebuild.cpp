#include "cli/online_rebuild.hpp"

#include <boost/json/object.hpp>
#include <iostream>
#include <thread>
#include <vector>

#include "cli/operations_client.hpp"
#include "cli/stopped_log.hpp"

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

std::vector<json::object> projections_of(const OperationsClient& server) {
  std::vector<json::object> all;
  const auto answer = server.get("projections");
  for (const auto& item : answer.at("items").as_array())
    all.push_back(item.as_object());
  return all;
}

void show(const ProgressSink& line, const json::object& rebuild) {
  if (number_of(rebuild, "events_total") == 0)
    return;  // it has not begun to read
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
  const OperationsClient server(flags.data, url);
  server.post(flags.all ? "rebuild" : "projections/" + flags.projection + "/rebuild");
  const auto line = progress_line("rebuild");
  const auto is_asked_for = [&](const json::object& projection) {
    return flags.all ? text_of(projection, "state") != "inline" : text_of(projection, "name") == flags.projection;
  };
  for (bool running = true; running;) {
    running = false;
    for (const auto& projection : projections_of(server)) {
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
  for (const auto& projection : projections_of(server)) {
    if (is_asked_for(projection))
      all_well = tell(projection) && all_well;
  }
  return all_well ? 0 : 1;
}

}  // namespace gatehouse::cli
