// The state's rows to bytes and back. Each row type is compiled once, in row_writer.cpp; a row that does not decode means that the program and
// its data do not fit, and fails an assertion.
#pragma once
#include <optional>
#include <string_view>

#include "domain/rows.hpp"
#include "table/table.hpp"

#define GATEHOUSE_STATE_ROWS(X) \
  X(AccountRow) \
  X(MemberRow) \
  X(RoleRow) \
  X(GroupRow) \
  X(MembershipRow) \
  X(AppForGroupRow) \
  X(AppRow) \
  X(ClientRow) \
  X(ScopeRow) X(GovernedAppRow) X(AllowListRow) X(RequestRow) X(BulkDecisionRow) X(ErasureRow) X(OpenErasureRow) \
      X(NotificationRow) X(SubscriptionRow) X(EndpointRow) X(LaneRow) X(ListingsRow)

namespace gatehouse {

template <class Row>
void put_row(Table& rows, std::string_view key, const Row& row);

// For a value that a scan hands out.
template <class Row>
[[nodiscard]] Row unpack_row(std::string_view value);

// Nothing when the key is absent.
template <class Row>
[[nodiscard]] std::optional<Row> read_row(const TableReader& rows, std::string_view key);

#define GATEHOUSE_DECLARE_ROW(Row) \
  extern template void put_row<Row>(Table&, std::string_view, const Row&); \
  extern template Row unpack_row<Row>(std::string_view); \
  extern template std::optional<Row> read_row<Row>(const TableReader&, std::string_view);
GATEHOUSE_STATE_ROWS(GATEHOUSE_DECLARE_ROW)
#undef GATEHOUSE_DECLARE_ROW

}  // namespace gatehouse
