// What may come in: so many connections in all, so many from one address, so much of large bodies. Shared by all I/O threads.
#pragma once
#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

#include "http/body_budget.hpp"
#include "http/limits.hpp"

namespace gatehouse::http {

// An IPv4 address in its mapped form, or the first half of an IPv6 one with zeros behind it: what one client commands.
using AddressKey = std::array<unsigned char, 16>;

class Admission {
 public:
  // Holds a place and gives it back. The Admission must outlive it.
  class Place {
   public:
    Place(Admission& admission, const AddressKey& key) : admission_(&admission), key_(key) {}
    Place(Place&& other) noexcept;
    Place& operator=(Place&&) = delete;
    ~Place();

   private:
    Admission* admission_;
    AddressKey key_;
  };

  explicit Admission(const Limits& limits) : limits_(limits), bodies_(limits.large_bodies_bytes) {}

  std::optional<Place> admit(const AddressKey& key);
  const BodyBudget& bodies() const { return bodies_; }

 private:
  void leave(const AddressKey& key);

  const Limits limits_;
  const BodyBudget bodies_;
  std::mutex mutex_;
  std::size_t total_ = 0;
  std::map<AddressKey, std::size_t> by_address_;
};

}  // namespace gatehouse::http
