// The apps that an account's members find when they look around: those published for everybody and listed, and the account's own. What is
// unlisted or another account's is reached by its id alone, through the state; this projection does not name it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/vocabulary.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view catalogue_projection = "catalogue";

class CatalogueProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return catalogue_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

enum class CatalogueOrder : std::uint8_t { by_name, newest };  // name without regard to ASCII case, then app id; newest registration first

// An absent or empty member matches every app. Upper and lower case ASCII letters are the same.
struct CatalogueFilter {
  std::string words{};     // each must occur somewhere in the name, the company, the categories or the description
  std::string category{};  // one of the app's
  std::optional<DeveloperKind> developer{};
  std::optional<ManagementLevel> level{};
  std::string scope{};  // required or optional
};

[[nodiscard]] Page<AppId> catalogue_page(const TableReader& rows, const AccountId& account,
                                         const CatalogueFilter& filter, CatalogueOrder order, std::string_view cursor,
                                         std::size_t page_size);

}  // namespace gatehouse
