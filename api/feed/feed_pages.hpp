// The texts of feeds without filters, each made once for all who are at the same place: most are at the end of the same account. One thread.
#pragma once
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "api/feed/feed_form.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

inline constexpr std::uint64_t feed_page_events = 200;

class FeedPages {
 public:
  // Both outlive the pages; `keys` may be null.
  FeedPages(const EventLog& log, const SubjectKeys* keys) : log_(log), keys_(keys) {}

  // The stream's events after version `after` and up to `end`, which is there and at most feed_page_events further.
  [[nodiscard]] std::shared_ptr<const std::string> text(const AccountId& stream, std::uint64_t after, std::uint64_t end,
                                                        FeedForm form);

 private:
  struct Place {
    AccountId stream;
    std::uint64_t after{};
    std::uint64_t end{};
    FeedForm form{};
    auto operator<=>(const Place&) const = default;
  };

  void forget_if_erased();

  const EventLog& log_;
  const SubjectKeys* keys_;
  std::uint64_t destroyed_{};  // keys, when the texts were made
  std::map<Place, std::shared_ptr<const std::string>> texts_;
  std::deque<Place> order_;  // the oldest first
};

}  // namespace gatehouse::api
