#include "tests/system/account_history.hpp"

#include <boost/json/serialize.hpp>

namespace gatehouse::system_test {

namespace {

std::uint64_t number(const boost::json::value& object, const char* member) {
  const auto* held = object.as_object().if_contains(member);
  return held == nullptr ? 0 : held->to_number<std::uint64_t>();
}

}  // namespace

bool AccountHistory::fail(std::string why) {
  failure_ = std::move(why);
  return false;
}

bool AccountHistory::read_on(ApiClient& client, const std::string& auditor_token) {
  for (;;) {
    const auto answer = client.get(auditor_token, "/v1/accounts/acme/events?limit=1000&after=" + std::to_string(position_));
    if (answer.status != 200) return fail("the history was refused: " + answer.head + answer.body);
    const auto page = json_of(answer);
    const auto& items = page.as_object().at("items").as_array();
    for (const auto& event : items) {
      if (!take(event)) return false;
    }
    if (items.empty()) return true;
  }
}

bool AccountHistory::take(const boost::json::value& event) {
  const auto position = number(event, "position");
  const auto version = number(event, "account_version");
  auto text = boost::json::serialize(event);
  if (position <= position_) return fail("positions do not ascend: " + text);
  if (version != version_ + 1) return fail("account_version does not follow " + std::to_string(version_) + ": " + text);
  position_ = position;
  version_ = version;
  unclaimed_.emplace(position, std::move(text));
  return true;
}

bool AccountHistory::claim(const Answer& answer) {
  const auto body = json_of(answer);
  for (const auto& event : body.as_object().at("events").as_array()) {
    const auto found = unclaimed_.find(number(event, "position"));
    const auto text = boost::json::serialize(event);
    if (found == unclaimed_.end()) return fail("an acknowledged event is lost, or doubled: " + text);
    if (found->second != text) return fail("an acknowledged event changed from\n" + text + "\nto\n" + found->second);
    unclaimed_.erase(found);
  }
  return true;
}

}  // namespace gatehouse::system_test
