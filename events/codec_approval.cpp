#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> approval_entries() { return entries_of_hundred<4>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
