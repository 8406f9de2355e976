#include "api/command_reading.hpp"

namespace gatehouse::api {

ReadCommand platform_command_reader(std::string_view type) {
  GATEHOUSE_PLATFORM_COMMANDS(GATEHOUSE_COMMAND_READER_CASE)
  return nullptr;
}

}  // namespace gatehouse::api
