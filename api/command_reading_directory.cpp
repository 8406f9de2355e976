#include "api/command_reading.hpp"

namespace gatehouse::api {

ReadCommand directory_command_reader(std::string_view type) {
  GATEHOUSE_DIRECTORY_COMMANDS(GATEHOUSE_COMMAND_READER_CASE)
  GATEHOUSE_ERASURE_COMMANDS(GATEHOUSE_COMMAND_READER_CASE)
  return nullptr;
}

}  // namespace gatehouse::api
