// Figures as people read them, in ASCII. Nothing is shown as "-".
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::cli::top {

using Figure = std::optional<double>;

[[nodiscard]] std::string count_text(Figure count);      // 1,234,567
[[nodiscard]] std::string rate_text(Figure per_second);  // 1,234/s; below ten with a decimal: 0.4/s
[[nodiscard]] std::string plain_text(Figure number);     // 8.5, without a decimal from ten on
[[nodiscard]] std::string span_text(Figure seconds);     // 85us, 4.2ms, 1.3s
[[nodiscard]] std::string bytes_text(Figure bytes);      // 512B, 1.2GiB
[[nodiscard]] std::string uptime_text(Figure seconds);   // 3d 04:12:07
[[nodiscard]] std::string percent_text(Figure share);    // of 1: 42%

// What comes from a server must not drive the terminal: anything but printable ASCII becomes a question mark.
[[nodiscard]] std::string harmless(std::string_view text);

}  // namespace gatehouse::cli::top
