#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> delivery_entries() { return entries_of_hundred<6>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
