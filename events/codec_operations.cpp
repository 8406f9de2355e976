#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> operation_entries() { return entries_of_hundred<8>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
