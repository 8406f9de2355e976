#include "tlog/hash.hpp"

#include <algorithm>
#include <array>

#include "identity/base64.hpp"

namespace gatehouse::tlog {

namespace {

constexpr char leaf_prefix = '\x00';
constexpr char inner_prefix = '\x01';

}  // namespace

Hash leaf_hash(std::string_view entry) {
  thread_local std::string message;
  message.assign(1, leaf_prefix);
  message.append(entry);
  return identity::sha256(message);
}

Hash inner_hash(const Hash& left, const Hash& right) {
  std::array<char, 65> message{inner_prefix};
  const auto after = std::ranges::copy(left, message.begin() + 1).out;
  std::ranges::copy(right, after);
  return identity::sha256({message.data(), message.size()});
}

const Hash& empty_root() {
  static const Hash root = identity::sha256({});
  return root;
}

std::string_view as_bytes(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::optional<Hash> as_hash(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size())
    return std::nullopt;
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

std::string to_base64(const Hash& hash) { return identity::base64_encode(hash); }

std::optional<Hash> hash_from_base64(std::string_view text) {
  const auto bytes = identity::base64_decode(text);
  return bytes ? as_hash(*bytes) : std::nullopt;
}

}  // namespace gatehouse::tlog
