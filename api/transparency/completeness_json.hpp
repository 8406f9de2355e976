// The proof that an account's history is complete, as JSON (docs/transparency.md). Any thread.
#pragma once
#include <string>

#include "events/ids.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::api {

void append_completeness(std::string& out, const AccountId& account, const transparency::Completeness& proof);

}  // namespace gatehouse::api
