// Counts again, row by row, what the state keeps counted and indexed. For tests that let anything happen and ask whether it still adds up.
#pragma once
#include <string>
#include <vector>

#include "domain/state.hpp"

namespace gatehouse::test {

// What does not add up in the account; empty when all does.
[[nodiscard]] std::vector<std::string> audit(const State& state);

}  // namespace gatehouse::test
