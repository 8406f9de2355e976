// Writes the table of scopes from their names, one a line on the standard input. Run by scripts/generate-scopes.
#include <iostream>
#include <string>

#include "catalogue/scope.hpp"

int main() {
  namespace catalogue = gatehouse::catalogue;
  std::cout << "scope\tlevel\tprivilege\tdescription\n";
  for (std::string name; std::getline(std::cin, name);) {
    if (!catalogue::is_well_formed(name)) {
      std::cerr << "generate_scopes: not the name of a scope: " << name << '\n';
      return 1;
    }
    const auto scope = catalogue::describe(name);
    std::cout << scope.name << '\t' << catalogue::to_text(scope.level) << '\t' << scope.privilege << '\t'
              << scope.description << '\n';
  }
  return std::cout.flush() ? 0 : 1;
}
