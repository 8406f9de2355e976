#include "api/command_schema_of.hpp"

namespace gatehouse::api {

GATEHOUSE_DIRECTORY_COMMANDS(GATEHOUSE_DEFINE_SCHEMA)
GATEHOUSE_ERASURE_COMMANDS(GATEHOUSE_DEFINE_SCHEMA)

}  // namespace gatehouse::api
