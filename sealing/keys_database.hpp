// The RocksDB database in which the subjects' keys lie: how it is kept, and opened.
#pragma once
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "sealing/subject_keys.hpp"

namespace rocksdb {
class DB;
}

namespace gatehouse {

// `folder` is made, with mode 0700, when it is to be made and is not there. To read changes no file.
[[nodiscard]] tl::expected<std::unique_ptr<rocksdb::DB>, SubjectKeysError> open_keys_database(const std::string& folder,
                                                                                              KeysAccess access);

}  // namespace gatehouse
