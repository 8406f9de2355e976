// Ids and salts for the running server: UUIDv7 from the kernel's randomness, each greater than the one before. For whoever decides, one thread at a time.
#pragma once
#include <array>
#include <cstdint>

#include "domain/decide.hpp"

namespace gatehouse {

class SystemIds final : public IdSource {
 public:
  Uuid next(Timestamp now) override;
  std::array<std::uint8_t, 16> salt() override;

 private:
  void fill(std::uint8_t* bytes, std::size_t count);

  std::array<std::uint8_t, 4096> random_{};
  std::size_t used_ = random_.size();
  std::int64_t last_ms_ = 0;
  unsigned counter_ = 0;
};

// The same from a seed, for tests and simulations: the same seed gives the same bytes.
class SeededIds final : public IdSource {
 public:
  explicit SeededIds(std::uint64_t seed) : state_(seed) {}
  Uuid next(Timestamp now) override;
  std::array<std::uint8_t, 16> salt() override;

 private:
  std::uint64_t random();
  std::uint64_t state_;
};

}  // namespace gatehouse
