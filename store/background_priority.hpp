// For threads whose work may wait: they get the processors that nobody else wants.
#pragma once

namespace gatehouse {

// Of the calling thread, for good. Where the system refuses, it stays as it is.
void lower_own_priority();

}  // namespace gatehouse
