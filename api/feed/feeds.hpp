// What all feeds share: their thread and the texts that several of them tell.
#pragma once
#include <atomic>
#include <cstdint>

#include "api/feed/feed_pages.hpp"
#include "api/feed/feed_thread.hpp"

namespace gatehouse::api {

struct Feeds {
  Feeds(EventLog& log, const SubjectKeys* keys) : pages(log, keys), thread(log) {}
  FeedPages pages;  // for the thread alone
  FeedThread thread;
  std::atomic<std::uint64_t> open{};  // feeds that are being told
};

}  // namespace gatehouse::api
