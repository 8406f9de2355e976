#include "api/feed/feed_pages.hpp"

#include "replay/event_reader.hpp"
#include "sealing/sealed_events.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::size_t texts_max = 32;

}  // namespace

void FeedPages::forget_if_erased() {
  if (keys_ == nullptr || keys_->destroyed() == destroyed_)
    return;
  destroyed_ = keys_->destroyed();
  texts_.clear();
  order_.clear();
}

std::shared_ptr<const std::string> FeedPages::text(const AccountId& stream, std::uint64_t after, std::uint64_t end,
                                                   FeedForm form) {
  forget_if_erased();
  const Place place{stream, after, end, form};
  if (const auto found = texts_.find(place); found != texts_.end())
    return found->second;
  auto text = std::make_shared<std::string>();
  auto batch = read_stream_events(log_, stream, after, end - after);
  GATEHOUSE_ASSERT(batch.has_value() && batch->events.size() == end - after);
  for (auto& event : batch->events) {
    open_event(keys_, event);
    append_event(*text, form, event);
  }
  texts_.emplace(place, text);
  order_.push_back(place);
  if (order_.size() > texts_max) {
    texts_.erase(order_.front());
    order_.pop_front();
  }
  return text;
}

}  // namespace gatehouse::api
