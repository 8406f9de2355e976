#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> transparency_entries() { return entries_of_hundred<7>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
