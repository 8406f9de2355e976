#include "store/try_to_read.hpp"

namespace gatehouse {

namespace {
thread_local int depth = 0;
}  // namespace

ReadingMayFail::ReadingMayFail() { ++depth; }
ReadingMayFail::~ReadingMayFail() { --depth; }
bool ReadingMayFail::on_this_thread() { return depth > 0; }

std::string to_text(const Unreadable& unreadable) { return unreadable.table + " cannot be read: " + unreadable.detail; }

}  // namespace gatehouse
