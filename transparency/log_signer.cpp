#include "transparency/log_signer.hpp"

#include "identity/digest.hpp"

namespace gatehouse::transparency {

namespace {

constexpr std::size_t bytes_of_name = 8;

std::string origin_of(const identity::SigningKey& key) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto digest = identity::sha256(key.public_point());
  std::string origin = "gatehouse/";
  for (std::size_t place = 0; place < bytes_of_name; ++place)
    origin.append({digits[digest[place] >> 4U], digits[digest[place] & 15U]});
  return origin;
}

}  // namespace

bool is_origin(std::string_view origin) {
  return tlog::is_key_name(origin) && origin != export_manifest_line && origin != backup_manifest_line;
}

tlog::NoteSigner make_log_signer(std::string origin, identity::SigningKey key) {
  if (origin.empty())
    origin = origin_of(key);
  return {std::move(origin), tlog::SignatureType::ed25519, std::move(key)};
}

}  // namespace gatehouse::transparency
