// What both targets hold every accepted frame to: written again, it has the same bytes.
#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "events/codec.hpp"
#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse::fuzz {

inline void check_reencoding(std::string_view frame) {
  const auto view = parse_frame(frame);
  const auto recorded = decode_frame(frame);
  GATEHOUSE_ASSERT(view || !recorded);
  if (!recorded)
    return;
  const Event* event = recorded->known();
  std::array<std::uint8_t, 16> salt{};
  std::copy(view->salt.begin(), view->salt.end(), salt.begin());
  if (event == nullptr) {
    const auto& unknown = std::get<UnknownEvent>(recorded->data);
    GATEHOUSE_ASSERT(unknown.body == view->body && unknown.personal == view->personal);
    return;
  }
  std::string again = draft_frame(recorded->envelope, *event, salt);
  // What was upcast can be longer than what was stored.
  if (again.size() > frame_draft_bytes_max)
    return;
  seal_frame(again, recorded->envelope.position, recorded->envelope.commit_first);
  const bool same_form = recorded->schema_version == schema_version_of(*event) && again.size() == frame.size();
  GATEHOUSE_ASSERT(!same_form || again == frame);
  const auto newest = decode_frame(again);
  GATEHOUSE_ASSERT(newest && newest->known() != nullptr && type_number_of(*newest->known()) == recorded->type);
}

}  // namespace gatehouse::fuzz
