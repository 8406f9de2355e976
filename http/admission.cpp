#include "http/admission.hpp"

#include <utility>

namespace gatehouse::http {

Admission::Place::Place(Place&& other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)), key_(other.key_) {}

Admission::Place::~Place() {
  if (admission_ != nullptr)
    admission_->leave(key_);
}

std::optional<Admission::Place> Admission::admit(const AddressKey& key) {
  const std::lock_guard lock(mutex_);
  if (total_ >= limits_.connections)
    return std::nullopt;
  const auto known = by_address_.find(key);
  if ((known == by_address_.end() ? 0 : known->second) >= limits_.connections_per_address)
    return std::nullopt;
  ++by_address_[key];
  ++total_;
  return std::make_optional<Place>(*this, key);
}

void Admission::leave(const AddressKey& key) {
  const std::lock_guard lock(mutex_);
  const auto here = by_address_.find(key);
  if (--here->second == 0)
    by_address_.erase(here);
  --total_;
}

}  // namespace gatehouse::http
