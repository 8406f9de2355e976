#include "domain/folds.hpp"

namespace gatehouse {

void evolve(Table& rows, const EventContext& context, const Event& event) {
  std::visit([&](const auto& one) { evolve_one(rows, context, one); }, event);
}

}  // namespace gatehouse
