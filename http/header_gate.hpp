// The strict gate over a raw header block, passed before any parser gives the bytes a meaning: it lets through only what
// every HTTP implementation reads in the same way, so that no proxy in front can be made to see other requests than we do.
// Sources: RFC 9110, RFC 9112. Pure; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "http/limits.hpp"
#include "http/refusal.hpp"

namespace gatehouse::http {

struct Framing {
  std::uint64_t content_length = 0;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
  bool head = false;
};

// `block` runs from the method to the empty line, that line included. A body over the limit is refused here, unread.
tl::expected<Framing, Refusal> check_header_block(std::string_view block, const Limits& limits = {});

}  // namespace gatehouse::http
