// The keys of all persons: one for each subject of each account, in a store of its own, outside the log and its backups. Destroying a key
// makes every text that was sealed with it unreadable, wherever it is kept. docs/erasure.md. Any thread.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "events/envelope.hpp"
#include "events/personal_reader.hpp"
#include "identity/digest.hpp"
#include "sealing/seal.hpp"

namespace gatehouse {

[[nodiscard]] SubjectKey random_subject_key();

using NewKeys = std::map<SubjectName, SubjectKey>;

// What the store is called where damage is told, among the log's tables.
inline constexpr std::string_view keys_table = "subject-keys";

// The store of the keys cannot be read or written.
class SubjectKeysFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class SubjectKeys : public PersonalReader {
 public:
  enum class Standing { unknown, present, destroyed };

  // A store that cannot be read is no key that is missing: it ends the process (stop_on_unreadable).
  void open(const AccountId& account, PersonalText& text) const final;
  [[nodiscard]] std::string lookup(const AccountId& account, std::string_view normalised_address) const final;
  [[nodiscard]] std::string lookup_bytes(const AccountId& account, std::string_view normalised_address) const;

  // Names the store and tells nothing of it: each finds addresses by a secret of its own.
  [[nodiscard]] std::string mark() const { return lookup(AccountId{"account"}, "address"); }

  // Writes the key, when there is one. The functions below throw SubjectKeysFailure.
  [[nodiscard]] virtual Standing find(const SubjectName& name, SubjectKey& key) const = 0;
  // A new one, which nobody keeps yet: random bytes.
  [[nodiscard]] virtual SubjectKey make_key(const SubjectName& name) const;
  // On disk when it returns. Those that are there already stay as they are.
  virtual void add(const NewKeys& keys) = 0;

  // For whoever appends to the log, one thread, which is not to wait for a sync of this store too: a new key, which a store with a reserve (sealing/key_reserve.hpp)
  // has on disk before.
  [[nodiscard]] virtual SubjectKey take_key(const SubjectName& name) { return make_key(name); }
  // Makes what was taken its subjects', before the events that need it are appended after `head`. When it returns either the keys are on disk as theirs, or they are
  // in the reserve, and recover() finds them after the power went. None of the subjects had a key while destroyed() was `destroyed_before`.
  virtual void assign(const NewKeys& keys, Position head, std::uint64_t destroyed_before);
  // Before the first append, with the keys of all events up to `head` where they belong: other keys than there were in the reserve.
  virtual void renew_reserve(Position /*head*/) {}
  // Events up to there have the keys that they need. Nothing for a store without a reserve.
  [[nodiscard]] virtual std::optional<Position> assigned_until() const { return std::nullopt; }
  // The key of the reserve that opens the text; it stays where it is.
  [[nodiscard]] virtual std::optional<SubjectKey> find_in_reserve(const SubjectName& /*name*/,
                                                                  std::string_view /*sealed*/) const {
    return std::nullopt;
  }
  // That key is its subject's from now on, durably with the next renew_reserve() or add(). False when there is none.
  [[nodiscard]] virtual bool recover(const SubjectName& /*name*/, std::string_view /*sealed*/) { return false; }

  // Of each its digest, however often it is called; nothing where there was none. Nobody reads with them as soon as it begins; in no file of the store any more when it
  // returns. No key is ever made for the subjects again. Many at once cost little more than one.
  using Digests = std::vector<std::optional<identity::Sha256>>;
  virtual Digests destroy(std::span<const SubjectName> names) = 0;
  std::optional<identity::Sha256> destroy(const SubjectName& name) { return destroy(std::span(&name, 1)).front(); }

  // The store was opened without one of its files, and cannot see that itself: of the marks in them (sealing/key_reserve.hpp) one is missing. Until the reserve is renewed.
  [[nodiscard]] virtual bool lacks_files() const { return false; }

  // What a scrub reads (store/scrub.hpp); none of a store in memory.
  struct File {
    std::string path;
    std::uint64_t bytes{};
  };
  [[nodiscard]] virtual std::vector<File> files() const { return {}; }

  // Since the start. Whoever keeps readable texts for a while throws them away when it changes.
  [[nodiscard]] std::uint64_t destroyed() const { return destroyed_; }

 protected:
  void count_destroyed() { ++destroyed_; }
  // What addresses are found by is keyed as well, so that a list of known addresses is no help to who has only the log.
  using LookupKey = std::array<std::uint8_t, 32>;
  void set_lookup_key(const LookupKey& key) { lookup_key_ = key; }
  void take_lookup_key_of(const SubjectKeys& other) { lookup_key_ = other.lookup_key_; }

 private:
  LookupKey lookup_key_{};
  std::atomic<std::uint64_t> destroyed_{};
};

// For tests: keys that follow from the names, so that the same history gives the same bytes.
[[nodiscard]] std::unique_ptr<SubjectKeys> make_memory_subject_keys();

struct SubjectKeysError {
  std::string detail;
};

// A RocksDB of its own in `folder`, made with mode 0700 unless it is there. Nobody else may have it open; read-only readers may.
enum class KeysAccess { make, write, read };
[[nodiscard]] tl::expected<std::unique_ptr<SubjectKeys>, SubjectKeysError> open_subject_keys(const std::string& folder,
                                                                                             KeysAccess access);

}  // namespace gatehouse
