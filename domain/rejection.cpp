#include "domain/rejection.hpp"

#include <array>

namespace gatehouse {

std::string_view to_text(RejectionCode code) {
#define GATEHOUSE_REJECTION_TEXT(name) #name,
  static constexpr std::array<std::string_view, static_cast<std::size_t>(RejectionCode::missing_scopes) + 1> texts{
      GATEHOUSE_REJECTION_CODES(GATEHOUSE_REJECTION_TEXT)};
#undef GATEHOUSE_REJECTION_TEXT
  return texts[static_cast<std::size_t>(code)];
}

}  // namespace gatehouse
