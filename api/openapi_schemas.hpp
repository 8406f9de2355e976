// The schemas that the OpenAPI document's operations refer to: commands, their answer, events, problems.
#pragma once
#include <string>
#include <string_view>

namespace gatehouse::api {

void append_component_schemas(std::string& out);

// Whether a command can be refused with the code, apart from what any request can be refused with.
[[nodiscard]] bool is_command_problem(std::string_view code);

// {"$ref": ...} to one of them.
void append_reference(std::string& out, std::string_view name);

}  // namespace gatehouse::api
