#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> subscription_entries() { return entries_of_hundred<5>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
