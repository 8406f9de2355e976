// Commands by which the personal data of one person is erased (docs/erasure.md).
#pragma once
#include <boost/describe/class.hpp>
#include <optional>
#include <vector>

#include "events/erasure_events.hpp"

#define GATEHOUSE_ERASURE_COMMANDS(X) X(EraseSubject)
// Given by the program itself alone (actor type system).
#define GATEHOUSE_ERASURE_RECORDS(X) X(RecordSubjectErased)

namespace gatehouse {

// Either a member who was removed, or an entry by address that is on no allow list any more.
struct EraseSubject {
  std::optional<UserId> user_id;
  std::optional<EntryId> entry_id;
};
BOOST_DESCRIBE_STRUCT(EraseSubject, (), (user_id, entry_id))

struct RecordSubjectErased {
  UserId user_id;
  std::vector<EntryId> entry_ids;
  std::vector<DestroyedKey> keys;
};

}  // namespace gatehouse
