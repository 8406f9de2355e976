#include "cli/token.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "api/access.hpp"
#include "api/route.hpp"
#include "cli/duration.hpp"
#include "identity/mint.hpp"
#include "identity/signing_key.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::chrono::seconds ttl_max = std::chrono::days{366};

std::chrono::seconds parse_ttl(const std::string& text) {
  const auto ttl = parse_duration(text);
  if (!ttl || *ttl > ttl_max)
    throw std::runtime_error("--ttl must be a number with s, m, h or d, for example 90m, and at most 366 days");
  return *ttl;
}

std::set<std::string, std::less<>> parse_scopes(const std::string& text) {
  std::set<std::string, std::less<>> scopes;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!identity::is_scope_token(word))
      throw std::runtime_error("--scope holds a name that is no OAuth scope");
    scopes.insert(word);
  }
  return scopes;
}

bool is_asked_for(const std::string& scope) {
  const auto names_it = [&](const auto& scopes) { return std::ranges::find(scopes, scope) != scopes.end(); };
  return names_it(api::service_scopes) ||
         std::ranges::any_of(api::routes(), [&](const auto& route) { return names_it(route.token_scopes); });
}

}  // namespace

std::string mint_token(const TokenRequest& request) {
  if (!identity::is_claim_id(request.user))
    throw std::runtime_error("--user must be 1 to 64 characters of A-Z a-z 0-9 _ . @ : -");
  if (request.account && !identity::is_claim_id(*request.account)) {
    throw std::runtime_error("--account must be 1 to 64 characters of A-Z a-z 0-9 _ . @ : -");
  }
  if (!std::filesystem::exists(request.data))
    std::cerr << "gatehouse: there was no data in " << request.data
              << ": a new key for tokens is made there, which only a server on that folder will know\n";
  const auto key = identity::load_or_create_key(request.data);
  if (!key)
    throw std::runtime_error(key.error().detail);
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return identity::mint(*key, identity::own_claims(request.user, request.account, parse_scopes(request.scope), now,
                                                   parse_ttl(request.ttl)));
}

int run_token(const TokenRequest& request) {
  for (const auto& scope : parse_scopes(request.scope)) {
    if (!is_asked_for(scope))
      std::cerr << "gatehouse: no route asks for the scope \"" << scope << "\"\n";
  }
  std::cout << mint_token(request) << "\n";
  return 0;
}

}  // namespace gatehouse::cli
