// Header blocks that the gate must turn away, each with the code it must give as the reason.
#pragma once

#include <string>
#include <vector>

namespace gatehouse::http {

struct HostileBlock {
  std::string what;
  std::string block;
  std::string code;
};

std::vector<HostileBlock> hostile_blocks();

}  // namespace gatehouse::http
