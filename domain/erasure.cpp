#include "domain/erasure.hpp"

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

std::vector<OpenErasure> open_erasures(const TableReader& rows) {
  std::vector<OpenErasure> open;
  rows.scan(state_keys::open_erasures(), [&](std::string_view key, std::string_view value) {
    open.push_back({AccountId{KeyParts(key).text()}, unpack_row<OpenErasureRow>(value)});
    return true;
  });
  return open;
}

void visit_erasures(const TableReader& rows, const std::function<void(const AccountId&, std::string_view)>& visit) {
  rows.scan(state_keys::erasures(), [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    const AccountId account{parts.text()};
    visit(account, parts.text());
    return true;
  });
}

std::string entry_subject(const EntryId& entry) { return "entry/" + entry.value; }

std::string subject_of(const UserId& user, const std::vector<EntryId>& entries) {
  GATEHOUSE_ASSERT(!user.empty() || !entries.empty());
  return user.empty() ? entry_subject(entries.front()) : user.value;
}

std::vector<std::string> subjects_of(const UserId& user, const std::vector<EntryId>& entries) {
  std::vector<std::string> subjects;
  if (!user.empty())
    subjects.push_back(user.value);
  for (const auto& entry : entries)
    subjects.push_back(entry_subject(entry));
  return subjects;
}

}  // namespace gatehouse
