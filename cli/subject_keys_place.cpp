#include "cli/subject_keys_place.hpp"

#include <filesystem>
#include <stdexcept>

#include "events/frame.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t looked_at = 10'000;  // events; an account begins with its owner's name

// By the first event that has something personal.
bool seals_texts(const EventLog& log) {
  for (const auto& event : log.read({}, looked_at).events) {
    const auto frame = parse_frame(event.frame);
    if (frame && !frame->personal.empty())
      return (frame->flags & frame_flags::sealed_texts) != 0;
  }
  return false;
}

std::unique_ptr<SubjectKeys> open(const std::string& data, KeysAccess access) {
  auto keys = open_subject_keys(subject_keys_of(data), access);
  if (!keys)
    throw std::runtime_error(keys.error().detail);
  return std::move(*keys);
}

bool is_there(const std::string& data) { return std::filesystem::exists(subject_keys_of(data)); }

}  // namespace

std::string subject_keys_of(const std::string& data) { return (std::filesystem::path(data) / "subject-keys").string(); }

std::unique_ptr<SubjectKeys> keys_to_serve(const std::string& data, const EventLog& log, bool make_anew) {
  if (is_there(data) || log.head().value == 0)
    return open(data, KeysAccess::make);
  if (!seals_texts(log))
    return nullptr;
  if (!make_anew)
    throw std::runtime_error(
        "the log has sealed texts and " + subject_keys_of(data) +
        " is not there: put it back, or start once with --new-subject-keys, which leaves those texts locked for good");
  return open(data, KeysAccess::make);
}

void bring_keys(const std::string& from, const std::string& data) {
  if (!from.empty())
    std::filesystem::copy(from, subject_keys_of(data), std::filesystem::copy_options::recursive);
  static_cast<void>(open(data, from.empty() ? KeysAccess::make : KeysAccess::write));
}

std::unique_ptr<SubjectKeys> keys_to_read(const std::string& data) {
  return is_there(data) ? open(data, KeysAccess::read) : nullptr;
}

}  // namespace gatehouse::cli
