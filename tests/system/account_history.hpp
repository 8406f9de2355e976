// The account's history as the API tells it, read on from where the last look ended, and matched with what clients were answered:
// every event belongs to exactly one answer, every answer's events are there.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "tests/system/api_client.hpp"

namespace gatehouse::system_test {

class AccountHistory {
 public:
  // Reads what is new. False, with the reason in failure(), when a page is refused, or versions or positions are not in order.
  bool read_on(ApiClient& client, const std::string& auditor_token);

  // Takes the events of an answer (200) off the history. False, with the reason, when one of them is not there byte for byte.
  bool claim(const Answer& answer);
  // Events that nobody has claimed.
  [[nodiscard]] std::size_t unclaimed() const { return unclaimed_.size(); }
  [[nodiscard]] std::string first_unclaimed() const { return unclaimed_.empty() ? "" : unclaimed_.begin()->second; }

  // What is there already belongs to nobody in particular.
  void forget() { unclaimed_.clear(); }

  [[nodiscard]] std::uint64_t version() const { return version_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  bool fail(std::string why);
  bool take(const boost::json::value& event);

  std::uint64_t position_ = 0;
  std::uint64_t version_ = 0;
  std::map<std::uint64_t, std::string> unclaimed_;  // by position
  std::string failure_;
};

}  // namespace gatehouse::system_test
