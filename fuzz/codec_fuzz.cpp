// Bodies of every type and version: the lengths and the checksum are put right, so that every input reaches the decoder.
#include <cstddef>
#include <cstdint>

#include "events/crc32c.hpp"
#include "events/frame_layout.hpp"
#include "fuzz/reencoding.hpp"

namespace {

using namespace gatehouse;

// The parts around the body keep the lengths that the input states, as far as there are bytes for them.
void repair(std::string& frame) {
  namespace at = layout::at;
  layout::put(frame, at::header_length, static_cast<std::uint16_t>(at::header_end));
  std::size_t left = frame.size() - at::header_end;
  for (const auto offset : {at::account_length, at::actor_length, at::role_length}) {
    const auto length = std::min<std::size_t>(left, layout::get<std::uint8_t>(frame, offset));
    layout::put(frame, offset, static_cast<std::uint8_t>(length));
    left -= length;
  }
  const auto personal = std::min<std::size_t>(left, layout::get<std::uint32_t>(frame, at::personal_length));
  layout::put(frame, at::personal_length, static_cast<std::uint32_t>(personal));
  layout::put(frame, at::body_length, static_cast<std::uint32_t>(left - personal));
  const auto sealed = layout::get<std::uint16_t>(frame, at::flags) & frame_flags::sealed_texts;
  layout::put(frame, at::flags, static_cast<std::uint16_t>(sealed));
  layout::put(frame, at::codec, body_codec);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string frame(reinterpret_cast<const char*>(data), size);
  if (frame.size() < layout::at::header_end + layout::checksum_bytes)
    return 0;
  frame.resize(frame.size() - layout::checksum_bytes);
  repair(frame);
  append_little_endian(frame, crc32c(frame));
  fuzz::check_reencoding(frame);
  return 0;
}
