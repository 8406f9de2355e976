// How the personal data of one person goes: the request, after which nothing about the person may be recorded any more, and the certificate
// that the keys are destroyed.
#pragma once
#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "events/ids.hpp"

namespace gatehouse {

// `entry_ids`: of the allow-list entries that named the person by an address. Without user_id it is about an address alone.
struct SubjectErasureRequested {
  UserId user_id;
  std::vector<EntryId> entry_ids;
};
BOOST_DESCRIBE_STRUCT(SubjectErasureRequested, (), (user_id, entry_ids))

// A key that is no more. Whoever finds a copy of it can tell by the digest that it should not exist.
struct DestroyedKey {
  std::string subject;
  std::string sha256;  // base64url
};
BOOST_DESCRIBE_STRUCT(DestroyedKey, (), (subject, sha256))

// No key of a subject is here if nothing was ever recorded about it.
struct SubjectErased {
  UserId user_id;
  std::vector<EntryId> entry_ids;
  std::vector<DestroyedKey> keys;
};
BOOST_DESCRIBE_STRUCT(SubjectErased, (), (user_id, entry_ids, keys))

}  // namespace gatehouse
