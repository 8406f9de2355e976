#include "http/respond.hpp"

#include <utility>

#include "table/assert.hpp"

namespace gatehouse::http {

Respond& Respond::operator=(Respond&& other) noexcept {
  Respond old(std::move(*this));
  sink_ = std::move(other.sink_);
  ticket_ = other.ticket_;
  return *this;
}

Respond::~Respond() {
  if (sink_)
    sink_->abandon(ticket_);
}

void Respond::operator()(Response response) {
  GATEHOUSE_ASSERT(sink_ != nullptr);
  const auto sink = std::exchange(sink_, nullptr);
  sink->deliver(ticket_, std::move(response));
}

}  // namespace gatehouse::http
