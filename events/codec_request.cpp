#include "events/codec_table.hpp"

namespace gatehouse::codec {

std::vector<CodecEntry> request_entries() { return entries_of_hundred<3>(static_cast<const Event*>(nullptr)); }

}  // namespace gatehouse::codec
