#include "http/header_scanner.hpp"

#include "http/field_syntax.hpp"

namespace gatehouse::http {

tl::expected<std::size_t, Refusal> HeaderScanner::scan(std::string_view received) {
  if (!received.empty() && !is_token_character(received.front())) {
    return tl::unexpected(Refusal{RefusalKind::malformed_request, "This is not the beginning of an HTTP request."});
  }
  while (true) {
    const auto line_feed = received.find('\n', scanned_);
    const bool whole_line = line_feed != std::string_view::npos;
    scanned_ = whole_line ? line_feed + 1 : received.size();
    if (const auto refusal = excess())
      return tl::unexpected(*refusal);
    if (!whole_line)
      return std::size_t{0};
    if (line_feed == line_start_ || received[line_feed - 1] != '\r') {
      return tl::unexpected(Refusal{RefusalKind::malformed_request, "A line ends in LF without CR."});
    }
    if (line_feed - 1 == line_start_)
      return scanned_;
    line_start_ = scanned_;
    ++lines_;
  }
}

std::optional<Refusal> HeaderScanner::excess() const {
  if (lines_ == 0 && scanned_ > limits_->request_line_bytes + 2) {
    return Refusal{RefusalKind::target_too_long, "The request line is longer than this server reads."};
  }
  if (scanned_ > limits_->header_block_bytes || lines_ > limits_->header_fields + 1) {
    return Refusal{RefusalKind::headers_too_large, "The headers are longer or more than this server reads."};
  }
  return std::nullopt;
}

void HeaderScanner::reset() { line_start_ = scanned_ = lines_ = 0; }

}  // namespace gatehouse::http
