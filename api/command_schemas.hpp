// The JSON Schema of each command, instantiated in files of their own because reflection takes its time to compile.
#pragma once
#include <string>

#include "domain/commands.hpp"

namespace gatehouse::api {

// Of the command with its member `type`.
template <class T>
void append_input_schema(std::string& out);

#define GATEHOUSE_DECLARE_SCHEMA(name) \
  template <> \
  void append_input_schema<name>(std::string & out);
GATEHOUSE_CONTRACT_COMMANDS(GATEHOUSE_DECLARE_SCHEMA)
#undef GATEHOUSE_DECLARE_SCHEMA

}  // namespace gatehouse::api
