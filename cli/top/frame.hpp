// The screen of `gatehouse top`, as lines of text.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/top/line.hpp"
#include "cli/top/look.hpp"

namespace gatehouse::cli::top {

struct Size {
  std::size_t columns{};
  std::size_t rows{};
};

// What is known of the server.
struct Known {
  std::string url;
  std::string fault;           // of the latest look; what else is known is from before it
  std::optional<Look> now;     // the latest that had an answer
  std::optional<Look> before;  // the one before it

  void take(Look look);
};

// Cut to the size, without one as it comes; printable ASCII.
[[nodiscard]] std::vector<Line> make_frame(const Known& known, const std::optional<Size>& size);

}  // namespace gatehouse::cli::top
