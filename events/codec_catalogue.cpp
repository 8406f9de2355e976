#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> catalogue_entries() { return entries_of_hundred<0>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
