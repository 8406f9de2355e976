#include "cli/subject_keys_place.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "cli/refused_log.hpp"
#include "commands/recover_keys.hpp"
#include "erasure/returned_keys.hpp"
#include "events/frame.hpp"
#include "events/personal_parts.hpp"
#include "sealing/overlaid_keys.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t events_per_read = 1'000;

// The first event that has something personal tells whether the log seals, and by whose key.
struct FirstText {
  AccountId account;
  PersonalText text;
  [[nodiscard]] bool is_sealed() const { return !text.sealed.empty(); }
};

std::optional<FirstText> text_in(const StoredEvent& stored) {
  auto event = decode_frame(stored.frame);
  auto* known = event ? std::get_if<Event>(&event->data) : nullptr;
  std::optional<FirstText> first;
  if (known == nullptr)
    return first;
  visit_personal_of(*known, [&](const PersonalText& text) {
    if (!first && !text.empty())
      first = {event->envelope.account_id, text};
  });
  return first;
}

// Found soon: an account begins with its owner's name. Nothing while the log tells of nobody.
std::optional<FirstText> first_text(const EventLog& log) {
  for (Position after;;) {
    const auto page = log.read(after, events_per_read);
    for (const auto& event : page.events) {
      if (auto first = text_in(event))
        return first;
    }
    if (page.at_end || page.events.empty())
      return std::nullopt;
    after = page.next;
  }
}

// Whoever made a store anew knows that it does not fit what was sealed before.
std::filesystem::path made_anew(const std::string& data) {
  return std::filesystem::path(subject_keys_of(data) + ".made-anew");
}

// Whether it is the one that was made anew. What earlier versions left does not say which one that was.
bool is_made_anew(const std::string& data, const SubjectKeys& keys) {
  std::ifstream file(made_anew(data));
  std::string line, mark;
  return std::getline(file, line) && (!std::getline(file, mark) || mark == keys.mark());
}

// Two logs may have the same accounts and users, so a key of that name is not enough: it has to open the text, or to have been destroyed.
bool belongs(const std::string& data, const SubjectKeys& keys, const FirstText& first) {
  auto text = first.text;
  keys.open(first.account, text);
  return text.unreadable != PersonalText::Unreadable::locked || is_made_anew(data, keys) ||
         keys.find_in_reserve({first.account, first.text.subject}, first.text.sealed);
}

std::string missing(const std::string& data) {
  return "the log has sealed texts and " + subject_keys_of(data) +
         " is not there: put it back, or start once with --new-subject-keys, which leaves those texts locked for good";
}

// A write-ahead log that breaks off in the middle is to RocksDB one that a power cut left.
std::string lost(const std::string& data, const std::string& what) {
  return subject_keys_of(data) + " has lost " + what + ": its files are damaged, or an older copy\n" +
         "gatehouse: put it back as it was; if that cannot be, put its copy in its place (current/subject-keys in "
         "the " +
         "backups' keys_directory), or start once with --new-subject-keys: what was sealed with lost keys stays locked";
}

std::string foreign(const std::string& data) {
  return subject_keys_of(data) + " is not the store of this log's keys: put the right one in its place";
}

std::unique_ptr<SubjectKeys> open(const std::string& data, KeysAccess access) {
  auto keys = open_subject_keys(subject_keys_of(data), access);
  if (keys)
    return std::move(*keys);
  const auto told = tell_failed_keys(data, keys.error().detail);
  if (is_of_disk(keys.error().detail))
    throw std::runtime_error(told);
  throw DataRefused(told);
}

// A folder with anything in it, even if no store can be opened there: nothing is made in its place.
bool is_there(const std::string& data) {
  const std::filesystem::path folder(subject_keys_of(data));
  return std::filesystem::exists(folder) && !std::filesystem::is_empty(folder);
}

// Why a server would not start with them; empty when it would.
std::string trouble_with(const std::string& data, const SubjectKeys& keys, const FirstText& first,
                         const EventLog& log) {
  if (!belongs(data, keys, first))
    return foreign(data);
  if (keys.lacks_files())
    return lost(data, "a file, with the keys of some time");
  const auto persons = count_lost_keys(keys, log);
  return persons == 0 ? std::string()
                      : lost(data, "the keys of " + std::to_string(persons) +
                                       (persons < lost_keys_max ? "" : " or more") + " of the newest persons");
}

std::unique_ptr<SubjectKeys> open_anew(const std::string& data) {
  constexpr std::string_view what = "What was sealed before this store of keys was made is locked.\n";
  std::ofstream(made_anew(data)) << what;
  auto keys = open(data, KeysAccess::make);
  std::ofstream(made_anew(data)) << what << keys->mark() << "\n";
  return keys;
}

// What a start does before anything is read with them.
void settle(SubjectKeys& keys, const EventLog& log) {
  static_cast<void>(recover_keys(keys, log));
  static_cast<void>(destroy_returned_keys(*log.state(), keys));
}

}  // namespace

std::string keys_advice(const std::string& data) {
  return "if they are damaged, put their copy in the place of " + subject_keys_of(data) +
         ": it is current/subject-keys in the backups' keys_directory; or move them away and start once with "
         "--new-subject-keys, which leaves what was sealed with them locked for good";
}

bool is_of_disk(const std::string& detail) {
  return detail.find("IO error: ") != std::string::npos && detail.find("No such file") == std::string::npos;
}

std::string tell_failed_keys(const std::string& data, const std::string& detail) {
  return subject_keys_of(data) + ": " + detail + "\ngatehouse: " +
         (is_of_disk(detail) ? advice_for(OpenError{OpenErrorKind::io, {}, detail}, data) : keys_advice(data));
}

std::string subject_keys_of(const std::string& data) { return (std::filesystem::path(data) / "subject-keys").string(); }

std::unique_ptr<SubjectKeys> keys_to_serve(const std::string& data, const EventLog& log, bool make_anew) {
  const auto first = first_text(log);
  if (!first)
    return open(data, KeysAccess::make);
  if (!first->is_sealed())
    return nullptr;
  if (!is_there(data)) {
    if (make_anew)
      return open_anew(data);
    throw DataRefused(missing(data));
  }
  // Only read, so that the files stay as they are when they are refused.
  auto keys = open(data, KeysAccess::read);
  const auto trouble = trouble_with(data, *keys, *first, log);
  if (!trouble.empty() && !(make_anew && belongs(data, *keys, *first)))
    throw DataRefused(trouble);
  keys.reset();
  return open(data, KeysAccess::write);
}

std::string trouble_with_keys(const std::string& data, const EventLog& log) {
  const auto first = first_text(log);
  if (!first || !first->is_sealed())
    return {};
  if (!is_there(data))
    return missing(data);
  const auto keys = open_subject_keys(subject_keys_of(data), KeysAccess::read);
  if (!keys)
    return keys.error().detail;
  return trouble_with(data, **keys, *first, log);
}

void bring_keys(const std::string& from, const std::string& data) {
  if (from.empty()) {
    static_cast<void>(open_anew(data));
    return;
  }
  if (!std::filesystem::exists(std::filesystem::path(from) / "CURRENT"))
    throw std::runtime_error("--subject-keys: " + from + " is no store of keys");
  std::filesystem::copy(from, subject_keys_of(data), std::filesystem::copy_options::recursive);
}

std::unique_ptr<SubjectKeys> keys_to_read(const std::string& data, const EventLog& log) {
  if (const auto trouble = trouble_with_keys(data, log); !trouble.empty())
    std::cerr << "gatehouse: " << trouble << "\n";
  if (!is_there(data))
    return nullptr;
  auto keys = std::make_unique<OverlaidKeys>(open(data, KeysAccess::read));
  settle(*keys, log);
  return keys;
}

std::unique_ptr<SubjectKeys> keys_to_copy(const std::string& data, const EventLog& log) {
  auto keys = is_there(data) ? keys_to_serve(data, log, false) : nullptr;
  if (keys)
    settle(*keys, log);
  return keys;
}

}  // namespace gatehouse::cli
