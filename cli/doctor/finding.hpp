// What `gatehouse doctor` says of one thing that it looked at.
#pragma once
#include <string>
#include <vector>

namespace gatehouse::cli {

enum class Verdict { ok, warning, wrong };

struct Finding {
  std::string check;  // a word or two
  Verdict verdict{};
  std::string seen;
  std::string advice{};  // what to do; empty when all is well
};
using Findings = std::vector<Finding>;

}  // namespace gatehouse::cli
