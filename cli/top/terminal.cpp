#include "cli/top/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace gatehouse::cli::top {

namespace {

// ECMA-48, and what xterm added to it.
constexpr std::string_view alternate_screen = "\x1b[?1049h\x1b[?25l";
constexpr std::string_view former_screen = "\x1b[?25h\x1b[?1049l";
constexpr std::string_view to_the_top = "\x1b[H";
constexpr std::string_view end_line = "\x1b[0m\x1b[K";
constexpr std::string_view erase_the_rest = "\x1b[J";
constexpr Size usual{.columns = 80, .rows = 24};

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR)
      return false;
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return true;
}

std::string_view style_of(Line::Tone tone) {
  switch (tone) {
  case Line::Tone::plain:
    return "";
  case Line::Tone::title:
    return "\x1b[7m";
  case Line::Tone::heading:
    return "\x1b[1m";
  case Line::Tone::good:
    return "\x1b[32m";
  case Line::Tone::warning:
    return "\x1b[33m";
  case Line::Tone::bad:
    return "\x1b[31;1m";
  }
  return "";
}

}  // namespace

bool Terminal::is_there() { return ::isatty(STDOUT_FILENO) == 1; }

void Terminal::enter() {
  termios settings{};
  if (::tcgetattr(STDIN_FILENO, &settings) == 0) {
    former_ = settings;
    settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &settings);
  }
  is_entered_ = true;
  write_all(alternate_screen);
}

void Terminal::leave() {
  if (!is_entered_)
    return;
  is_entered_ = false;
  write_all(former_screen);
  if (former_)
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*former_);
}

bool Terminal::show(const std::vector<Line>& lines) {
  std::string text(to_the_top);
  for (std::size_t index = 0; index < lines.size(); ++index) {
    text.append(index == 0 ? "" : "\r\n").append(style_of(lines[index].tone)).append(lines[index].text);
    text.append(end_line);
  }
  return write_all(text.append(erase_the_rest));
}

Size Terminal::size() const {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return usual;
  return {.columns = size.ws_col, .rows = size.ws_row};
}

}  // namespace gatehouse::cli::top
