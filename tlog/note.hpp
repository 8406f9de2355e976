// Signed notes (C2SP signed-note): a text and lines of signatures, and the keys that make and check them. Ed25519 alone.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/public_key.hpp"
#include "identity/signing_key.hpp"

namespace gatehouse::tlog {

inline constexpr std::size_t note_bytes_max = 1U << 20;
inline constexpr std::size_t signatures_max = 64;

// The byte that stands before the key's bytes.
enum class SignatureType : std::uint8_t { ed25519 = 0x01, ed25519_cosignature = 0x04 };

using KeyId = std::array<std::uint8_t, 4>;

// Not empty, without spaces, control characters and plus signs.
[[nodiscard]] bool is_key_name(std::string_view name);

class VerifierKey {
 public:
  // <name>+<hash>+<base64>; nothing when it is not that, or the hash is another's.
  [[nodiscard]] static std::optional<VerifierKey> parse(std::string_view text);
  // `name` must be a key name, `point` 32 bytes of a public key.
  [[nodiscard]] static std::optional<VerifierKey> make(std::string name, SignatureType type, std::string point);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const KeyId& id() const { return id_; }
  [[nodiscard]] SignatureType type() const { return type_; }
  [[nodiscard]] const identity::PublicKey& key() const { return key_; }
  [[nodiscard]] std::string to_text() const;

 private:
  VerifierKey(std::string name, SignatureType type, identity::PublicKey key, std::string point);

  std::string name_;
  SignatureType type_;
  identity::PublicKey key_;
  std::string point_;  // the 32 bytes of it
  KeyId id_;
};

struct Signature {
  std::string name;
  KeyId key_id{};
  std::string bytes;  // behind the key id
};

struct Note {
  std::string text;  // with the line end of its last line
  std::vector<Signature> signatures;
};

// Nothing unless it is a note: valid UTF-8 without control characters, at least one signature.
[[nodiscard]] std::optional<Note> parse_note(std::string_view note);
[[nodiscard]] std::vector<Signature> parse_signatures(std::string_view lines);
[[nodiscard]] std::string to_text(const Note& note);
[[nodiscard]] std::string to_line(const Signature& signature);

// The key's signature on the text, if there is one and it is right (false: one that is wrong).
[[nodiscard]] std::optional<bool> is_signed_by(const Note& note, const VerifierKey& key);
[[nodiscard]] const Signature* find_signature(const Note& note, const VerifierKey& key);

class NoteSigner {
 public:
  // `name` must be a key name.
  NoteSigner(std::string name, SignatureType type, identity::SigningKey key);
  [[nodiscard]] const VerifierKey& verifier_key() const { return verifier_key_; }
  [[nodiscard]] const identity::SigningKey& key() const { return key_; }
  // Type ed25519. `text` ends with a line end.
  [[nodiscard]] Note sign(std::string text) const;

 private:
  identity::SigningKey key_;
  VerifierKey verifier_key_;
};

}  // namespace gatehouse::tlog
