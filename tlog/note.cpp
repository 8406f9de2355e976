#include "tlog/note.hpp"

#include <algorithm>

#include "identity/base64.hpp"
#include "identity/digest.hpp"
#include "table/assert.hpp"

namespace gatehouse::tlog {

namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t point_bytes = 32;

std::span<const std::uint8_t> as_span(std::string_view bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

KeyId key_id_of(std::string_view name, SignatureType type, std::string_view point) {
  std::string message(name);
  message += '\n';
  message += static_cast<char>(type);
  message += point;
  const auto digest = identity::sha256(message);
  KeyId id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

std::string hex(const KeyId& id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : id)
    text.append({digits[byte >> 4U], digits[byte & 15U]});
  return text;
}

bool is_text_of_note(std::string_view text) {
  return std::ranges::all_of(
      text, [](char character) { return character == '\n' || static_cast<unsigned char>(character) >= 0x20; });
}

std::optional<Signature> parse_signature(std::string_view line) {
  if (!line.starts_with(dash))
    return std::nullopt;
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
    return std::nullopt;
  const auto bytes = identity::base64_decode(line.substr(space + 1));
  Signature signature{std::string(line.substr(0, space)), {}, {}};
  if (!bytes || bytes->size() <= signature.key_id.size())
    return std::nullopt;
  std::copy_n(bytes->begin(), signature.key_id.size(), signature.key_id.begin());
  signature.bytes = bytes->substr(signature.key_id.size());
  return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char character) {
    return static_cast<unsigned char>(character) > 0x20 && character != '+' && character != '\x7f';
  });
}

VerifierKey::VerifierKey(std::string name, SignatureType type, identity::PublicKey key, std::string point)
    : name_(std::move(name)), type_(type), key_(std::move(key)), point_(std::move(point)),
      id_(key_id_of(name_, type_, point_)) {}

std::optional<VerifierKey> VerifierKey::make(std::string name, SignatureType type, std::string point) {
  auto key = identity::PublicKey::from_ed25519(point);
  if (!is_key_name(name) || !key)
    return std::nullopt;
  return VerifierKey(std::move(name), type, std::move(*key), std::move(point));
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos)
    return std::nullopt;
  const auto bytes = identity::base64_decode(text.substr(second + 1));
  if (!bytes || bytes->size() != point_bytes + 1)
    return std::nullopt;
  const auto type = static_cast<SignatureType>(bytes->front());
  if (type != SignatureType::ed25519 && type != SignatureType::ed25519_cosignature)
    return std::nullopt;
  auto verifier = make(std::string(text.substr(0, first)), type, bytes->substr(1));
  if (verifier && hex(verifier->id_) != text.substr(first + 1, second - first - 1))
    verifier.reset();
  return verifier;
}

std::string VerifierKey::to_text() const {
  const auto bytes = std::string(1, static_cast<char>(type_)) + point_;
  return name_ + "+" + hex(id_) + "+" + identity::base64_encode(as_span(bytes));
}

std::vector<Signature> parse_signatures(std::string_view lines) {
  std::vector<Signature> signatures;
  while (!lines.empty() && signatures.size() < signatures_max) {
    const auto end = lines.find('\n');
    auto signature = end == std::string_view::npos ? std::nullopt : parse_signature(lines.substr(0, end));
    if (!signature)
      return {};
    signatures.push_back(std::move(*signature));
    lines.remove_prefix(end + 1);
  }
  return lines.empty() ? signatures : std::vector<Signature>();
}

std::optional<Note> parse_note(std::string_view note) {
  if (note.size() > note_bytes_max || !is_text_of_note(note))
    return std::nullopt;
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos)
    return std::nullopt;
  Note parsed{std::string(note.substr(0, blank + 1)), parse_signatures(note.substr(blank + 2))};
  return parsed.signatures.empty() ? std::nullopt : std::optional(std::move(parsed));
}

std::string to_line(const Signature& signature) {
  const auto bytes = std::string(signature.key_id.begin(), signature.key_id.end()) + signature.bytes;
  return std::string(dash) + signature.name + " " + identity::base64_encode(as_span(bytes)) + "\n";
}

std::string to_text(const Note& note) {
  auto text = note.text + "\n";
  for (const auto& signature : note.signatures)
    text += to_line(signature);
  return text;
}

const Signature* find_signature(const Note& note, const VerifierKey& key) {
  const auto found = std::ranges::find_if(note.signatures, [&](const Signature& signature) {
    return signature.name == key.name() && signature.key_id == key.id();
  });
  return found == note.signatures.end() ? nullptr : &*found;
}

std::optional<bool> is_signed_by(const Note& note, const VerifierKey& key) {
  GATEHOUSE_ASSERT(key.type() == SignatureType::ed25519);
  const auto* signature = find_signature(note, key);
  return signature == nullptr ? std::nullopt : std::optional(key.key().verifies(note.text, signature->bytes));
}

NoteSigner::NoteSigner(std::string name, SignatureType type, identity::SigningKey key)
    : key_(std::move(key)), verifier_key_(VerifierKey::make(std::move(name), type, key_.public_point()).value()) {}

Note NoteSigner::sign(std::string text) const {
  GATEHOUSE_ASSERT(verifier_key_.type() == SignatureType::ed25519 && text.ends_with('\n'));
  auto bytes = key_.sign(text);
  return {std::move(text), {{verifier_key_.name(), verifier_key_.id(), std::move(bytes)}}};
}

}  // namespace gatehouse::tlog
