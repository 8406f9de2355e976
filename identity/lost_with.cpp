#include "identity/lost_with.hpp"

#include <algorithm>
#include <array>

namespace gatehouse::identity {
namespace {

struct Loss {
  std::string_view file;
  std::string_view what;
};

constexpr std::array losses{
    Loss{"token-signing.pem", "every token that was given out ends with it"},
    Loss{"log-signing.pem", "with another one the log is another log to witnesses and to those who verify it"},
    Loss{"webhooks.key", "with another one receivers refuse every webhook until they have their new secrets"},
    Loss{"pages.key", "with another one the next pages of lists that are being read cannot be had"},
    Loss{"confirmations.key", "with another one confirmations that were asked for are refused"},
};

}  // namespace

std::string_view lost_with(const std::filesystem::path& file) {
  const auto* found = std::ranges::find(losses, file.filename().native(), &Loss::file);
  return found == losses.end() ? std::string_view() : found->what;
}

}  // namespace gatehouse::identity
