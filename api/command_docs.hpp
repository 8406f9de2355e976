// What each command does, in words, for the OpenAPI document and the readable page.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace gatehouse::api {

struct CommandDoc {
  std::string_view name;
  bool platform_door{};
  bool account_door{};
  std::string_view who;
  std::string_view summary;
  std::string_view result{};  // the members that `result` names, divided by commas
  bool needs_confirmation{};
  void (*append_input_schema)(std::string& out){};  // of the command without its member type
  std::span<const RejectionCode> (*refusals)(){};
  std::string_view also_refused{};  // a code that is found outside the rules
};

// In the order of the contract.
[[nodiscard]] std::span<const CommandDoc> command_docs();

}  // namespace gatehouse::api
