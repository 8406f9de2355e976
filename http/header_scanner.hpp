// Finds the end of a header block in bytes as they trickle in, looking at each byte once, and turns away early what can no
// longer become a valid block: a line that ends in a bare LF, a first byte that begins no method, more than the limits allow.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "http/limits.hpp"
#include "http/refusal.hpp"

namespace gatehouse::http {

class HeaderScanner {
 public:
  explicit HeaderScanner(const Limits& limits) : limits_(&limits) {}

  // `received` begins where the block begins and only grows between calls. The length of the whole block, empty line
  // included, or 0 while it is incomplete.
  tl::expected<std::size_t, Refusal> scan(std::string_view received);

  void reset();

 private:
  std::optional<Refusal> excess() const;

  const Limits* limits_;
  std::size_t line_start_ = 0;
  std::size_t scanned_ = 0;
  std::size_t lines_ = 0;
};

}  // namespace gatehouse::http
