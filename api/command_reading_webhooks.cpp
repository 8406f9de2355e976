#include "api/command_reading.hpp"

namespace gatehouse::api {

ReadCommand webhook_command_reader(std::string_view type) {
  GATEHOUSE_WEBHOOK_COMMANDS(GATEHOUSE_COMMAND_READER_CASE)
  return nullptr;
}

}  // namespace gatehouse::api
