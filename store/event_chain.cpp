#include "store/event_chain.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "table/assert.hpp"

namespace gatehouse {

struct EventChain::Context {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* hash = EVP_MD_CTX_new();
};

EventChain::EventChain() : context_(std::make_unique<Context>()) {
  GATEHOUSE_ASSERT(context_->algorithm && context_->hash);
}

EventChain::~EventChain() {
  EVP_MD_CTX_free(context_->hash);
  EVP_MD_free(context_->algorithm);
}

Digest EventChain::next(const Digest& previous, std::string_view frame) {
  Digest digest;
  auto* hash = context_->hash;
  const bool done = EVP_DigestInit_ex2(hash, context_->algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(hash, previous.data(), previous.size()) == 1 &&
                    EVP_DigestUpdate(hash, frame.data(), frame.size()) == 1 &&
                    EVP_DigestFinal_ex(hash, digest.data(), nullptr) == 1;
  GATEHOUSE_ASSERT(done);
  return digest;
}

Digest sha256(std::string_view bytes) {
  Digest digest;
  GATEHOUSE_ASSERT(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
  return digest;
}

std::string_view as_bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest as_digest(std::string_view bytes) {
  Digest digest;
  GATEHOUSE_ASSERT(bytes.size() == digest.size());
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace gatehouse
