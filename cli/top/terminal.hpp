// The terminal, while a program has it as its screen: the alternate screen, without a cursor and without echo. What was there before comes back. One
// thread.
#pragma once
#include <termios.h>

#include <optional>
#include <vector>

#include "cli/top/frame.hpp"

namespace gatehouse::cli::top {

class Terminal {
 public:
  Terminal() = default;
  ~Terminal() { leave(); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  [[nodiscard]] static bool is_there();  // standard output is one

  void enter();
  void leave();
  // False when nobody can see it any more.
  bool show(const std::vector<Line>& lines);
  [[nodiscard]] Size size() const;

 private:
  bool is_entered_ = false;
  std::optional<termios> former_;  // of standard input, where that is a terminal
};

}  // namespace gatehouse::cli::top
