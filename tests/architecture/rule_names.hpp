// Which of the numbered rules R1..R46 of the domain the tests of a file are named by. A test names its rules by its suite, TEST(R9, ...), or by how
// its own name begins, TEST_F(Catalogue, R1_R2_...).
#pragma once

#include <set>

#include "tests/architecture/rules.hpp"

namespace gatehouse::architecture {

inline constexpr int rules_max = 46;

std::set<int> rules_named_in(const SourceFile& file);

}  // namespace gatehouse::architecture
