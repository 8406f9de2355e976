// Erasures of persons' data that were asked for (docs/erasure.md).
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rows.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct OpenErasure {
  AccountId account_id;
  OpenErasureRow row;
};

// Of all accounts, those whose keys are still to be destroyed.
[[nodiscard]] std::vector<OpenErasure> open_erasures(const TableReader& rows);

// Every subject of any account that is erased or is to be; whether their keys are still there is not the log's to know.
void visit_erasures(const TableReader& rows, const std::function<void(const AccountId&, std::string_view)>& visit);

// The subject of an entry's address. No user's id has such a text.
[[nodiscard]] std::string entry_subject(const EntryId& entry);
// What an erasure is known by.
[[nodiscard]] std::string subject_of(const UserId& user, const std::vector<EntryId>& entries);
// All whose keys are to be destroyed.
[[nodiscard]] std::vector<std::string> subjects_of(const UserId& user, const std::vector<EntryId>& entries);

}  // namespace gatehouse
