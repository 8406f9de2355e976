// What all connections of one I/O thread share. Only that thread touches it, but for the counters, which anyone may read.
#pragma once
#include <memory>

#include "http/body_budget.hpp"
#include "http/counters.hpp"
#include "http/date_text.hpp"
#include "http/options.hpp"
#include "http/request_ids.hpp"
#include "http/respond.hpp"

namespace gatehouse::http {

struct ThreadContext {
  const Options& options;
  const Handler& handler;
  const BodyBudget& bodies;
  std::shared_ptr<AnswerSink> sink{};
  Counters counters{};
  DateText date{};
  RequestIds request_ids{};
  bool stopping = false;
};

}  // namespace gatehouse::http
