#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> directory_entries() { return entries_of_hundred<1>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
