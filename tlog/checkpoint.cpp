#include "tlog/checkpoint.hpp"

#include <charconv>

namespace gatehouse::tlog {

namespace {

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" + to_base64(checkpoint.head.root) +
         "\n";
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t size = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, size);
  const bool is_plain = error == std::errc() && stopped == end && (text.size() == 1 || text.front() != '0');
  return is_plain ? std::optional(size) : std::nullopt;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
  if (!text.ends_with('\n'))
    return std::nullopt;
  Checkpoint checkpoint{.origin = std::string(take_line(text)), .head = {}};
  const auto size = parse_size(take_line(text));
  const auto root = hash_from_base64(take_line(text));
  if (checkpoint.origin.empty() || !size || !root)
    return std::nullopt;
  while (!text.empty()) {
    if (take_line(text).empty())
      return std::nullopt;
  }
  checkpoint.head = {*size, *root};
  return checkpoint;
}

}  // namespace gatehouse::tlog
