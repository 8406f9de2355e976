#include "identity/jwk_set.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "identity/base64url.hpp"
#include "identity/strict_json.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

using Refusal = tl::unexpected<std::string>;

std::optional<std::string_view> text_member(const json::object& jwk, std::string_view name) {
  const auto* value = jwk.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    return std::nullopt;
  }
  const auto& text = value->get_string();
  return std::string_view{text.data(), text.size()};
}

// The required members of a public key, decoded, in the order of `names`.
std::optional<std::vector<std::string>> decoded_members(const json::object& jwk,
                                                        std::initializer_list<std::string_view> names) {
  std::vector<std::string> members;
  for (const auto name : names) {
    const auto text = text_member(jwk, name);
    auto bytes = text ? base64url_decode(*text) : std::nullopt;
    if (!bytes) {
      return std::nullopt;
    }
    members.push_back(std::move(*bytes));
  }
  return members;
}

std::optional<Algorithm> algorithm_of(const json::object& jwk) {
  const auto type = text_member(jwk, "kty").value_or("");
  const auto curve = text_member(jwk, "crv").value_or("");
  if (type == "OKP" && curve == "Ed25519") {
    return Algorithm::EdDSA;
  }
  if (type == "EC" && curve == "P-256") {
    return Algorithm::ES256;
  }
  if (type == "RSA") {
    return Algorithm::RS256;
  }
  return std::nullopt;
}

bool is_for_verifying(const json::object& jwk, Algorithm algorithm) {
  if (jwk.contains("alg") && text_member(jwk, "alg") != to_text(algorithm)) {
    return false;
  }
  if (jwk.contains("use") && text_member(jwk, "use") != "sig") {
    return false;
  }
  const auto* operations = jwk.if_contains("key_ops");
  return operations == nullptr ||
         (operations->is_array() &&
          std::ranges::find(operations->get_array(), json::value("verify")) != operations->get_array().end());
}

PublicKey::Made make_key(const json::object& jwk, Algorithm algorithm) {
  const Refusal wrong_members{"its members are not base64url of the expected kind"};
  switch (algorithm) {
  case Algorithm::EdDSA: {
    const auto members = decoded_members(jwk, {"x"});
    return members ? PublicKey::from_ed25519(members->at(0)) : wrong_members;
  }
  case Algorithm::ES256: {
    const auto members = decoded_members(jwk, {"x", "y"});
    return members ? PublicKey::from_p256(members->at(0), members->at(1)) : wrong_members;
  }
  case Algorithm::RS256: {
    const auto members = decoded_members(jwk, {"n", "e"});
    return members ? PublicKey::from_rsa(members->at(0), members->at(1)) : wrong_members;
  }
  }
  return wrong_members;
}

// Nothing for a key that is not for us.
tl::expected<std::optional<PublicKey>, std::string> read_key(const json::value& entry) {
  constexpr std::array<std::string_view, 7> private_members{"d", "p", "q", "dp", "dq", "qi", "k"};
  const auto* jwk = entry.if_object();
  if (jwk == nullptr || !text_member(*jwk, "kty")) {
    return Refusal{"it is not an object with a kty"};
  }
  if (std::ranges::any_of(private_members, [&](std::string_view name) { return jwk->contains(name); })) {
    return Refusal{"it holds private or secret members"};
  }
  const auto algorithm = algorithm_of(*jwk);
  if (!algorithm || !is_for_verifying(*jwk, *algorithm)) {
    return std::nullopt;
  }
  auto key = make_key(*jwk, *algorithm);
  if (!key) {
    return tl::unexpected{key.error()};
  }
  if (!jwk->contains("kid")) {
    return std::move(*key);
  }
  const auto key_id = text_member(*jwk, "kid");
  if (!key_id || key_id->empty() || key_id->size() > key_id_bytes_max) {
    return Refusal{"its kid is not a string of 1 to 256 bytes"};
  }
  return key->named(std::string{*key_id});
}

}  // namespace

JwkSet parse_jwk_set(std::string_view text) {
  if (text.size() > jwk_set_bytes_max) {
    return Refusal{"the key set is larger than 1 MiB"};
  }
  const auto document = parse_json_object(text);
  if (!document) {
    return Refusal{document.error() == JsonFault::duplicate_name ? "the key set has a duplicate name"
                                                                 : "the key set is not a JSON object"};
  }
  const auto* list = document->if_contains("keys");
  if (list == nullptr || !list->is_array()) {
    return Refusal{"the key set has no array \"keys\""};
  }
  if (list->get_array().size() > jwk_set_keys_max) {
    return Refusal{"the key set has more than 100 keys"};
  }
  std::vector<PublicKey> keys;
  for (std::size_t place = 0; place < list->get_array().size(); ++place) {
    const auto name = "keys[" + std::to_string(place) + "]: ";
    auto key = read_key(list->get_array()[place]);
    if (!key) {
      return Refusal{name + key.error()};
    }
    if (!*key) {
      continue;
    }
    if (std::ranges::find(keys, (*key)->key_id(), &PublicKey::key_id) != keys.end()) {
      return Refusal{name + "its kid is taken by an earlier key"};
    }
    keys.push_back(std::move(**key));
  }
  if (keys.empty()) {
    return Refusal{"the key set has no key for EdDSA (Ed25519), ES256 or RS256"};
  }
  return keys;
}

JwkSet read_jwk_set(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::string text(jwk_set_bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad()) {
    return Refusal{file.string() + ": cannot be read"};
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  auto keys = parse_jwk_set(text);
  if (!keys) {
    return Refusal{file.string() + ": " + keys.error()};
  }
  return keys;
}

}  // namespace gatehouse::identity
