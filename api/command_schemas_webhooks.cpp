#include "api/command_schema_of.hpp"

namespace gatehouse::api {

GATEHOUSE_WEBHOOK_COMMANDS(GATEHOUSE_DEFINE_SCHEMA)

}  // namespace gatehouse::api
