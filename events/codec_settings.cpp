#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> settings_entries() { return entries_of_hundred<2>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
