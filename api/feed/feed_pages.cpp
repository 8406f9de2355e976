#include "api/feed/feed_pages.hpp"

#include "replay/event_reader.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::size_t texts_max = 32;

}  // namespace

std::shared_ptr<const std::string> FeedPages::text(const AccountId& stream, std::uint64_t after, std::uint64_t end,
                                                   FeedForm form) {
  const Place place{stream, after, end, form};
  if (const auto found = texts_.find(place); found != texts_.end())
    return found->second;
  auto text = std::make_shared<std::string>();
  const auto batch = read_stream_events(log_, stream, after, end - after);
  GATEHOUSE_ASSERT(batch.has_value() && batch->events.size() == end - after);
  for (const auto& event : batch->events)
    append_event(*text, form, event);
  texts_.emplace(place, text);
  order_.push_back(place);
  if (order_.size() > texts_max) {
    texts_.erase(order_.front());
    order_.pop_front();
  }
  return text;
}

}  // namespace gatehouse::api
