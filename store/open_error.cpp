#include "store/open_error.hpp"

#include "table/assert.hpp"

namespace gatehouse {

std::string_view to_text(OpenErrorKind kind) {
  switch (kind) {
  case OpenErrorKind::locked:
    return "the data is in use";
  case OpenErrorKind::not_found:
    return "no data found";
  case OpenErrorKind::io:
    return "the disk refused";
  case OpenErrorKind::unsupported_format:
    return "the data was written by a newer program";
  case OpenErrorKind::corrupt:
    return "the files are damaged";
  case OpenErrorKind::log_behind_witness:
    return "acknowledged events are missing";
  case OpenErrorKind::gap:
    return "the log has a gap";
  case OpenErrorKind::bad_frame:
    return "an event cannot be read";
  case OpenErrorKind::chain_broken:
    return "an event is not what was stored";
  case OpenErrorKind::witness_missing:
    return "the witness file is missing";
  case OpenErrorKind::witness_damaged:
    return "the witness file is damaged";
  case OpenErrorKind::index_broken:
    return "the index of a stream is wrong";
  }
  GATEHOUSE_ASSERT(false);
}

std::string to_text(const OpenError& error) {
  std::string text(to_text(error.kind));
  if (error.position.value > 0)
    text += " at position " + std::to_string(error.position.value);
  if (!error.detail.empty())
    text += ": " + error.detail;
  return text;
}

}  // namespace gatehouse
