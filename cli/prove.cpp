#include "cli/prove.hpp"

#include <iostream>
#include <stdexcept>

#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "cli/tile_client.hpp"
#include "identity/signing_key.hpp"
#include "transparency/log_entry.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::cli {

namespace {

tlog::NoteSigner signer_of(const ProofRequest& request) {
  auto key = identity::load_or_create_key(request.data, identity::log_key);
  if (!key)
    throw std::runtime_error(key.error().detail);
  return transparency::make_log_signer(request.origin, std::move(*key));
}

tlog::ProofFile proof_from_server(std::string url, std::uint64_t event) {
  while (url.ends_with('/'))
    url.pop_back();
  return TileClient(url + "/log").prove(event - 1);
}

tlog::ProofFile proof_from_data(const RocksEventLog& log, const ProofRequest& request) {
  const Position position{request.event};
  const auto event = log.read_at(position);
  if (!event)
    throw std::runtime_error("the log has " + std::to_string(log.head().value) + " events");
  const auto tree = transparency::tree_of(log, *log.projections());
  if (!tree)
    throw std::runtime_error(tree.error());
  auto proof = transparency::signed_tree(*tree, signer_of(request)).prove(position);
  proof.extra = transparency::entry_of(position, event->frame);
  return proof;
}

}  // namespace

int run_proof(const ProofRequest& request) {
  if (request.event == 0)
    throw std::runtime_error("--event must be a position, from 1");
  auto url = request.url;
  std::unique_ptr<RocksEventLog> log;
  if (url.empty()) {
    auto opened = try_stopped_log(request.data);
    if (!opened && opened.error().kind == OpenErrorKind::locked)
      url = read_server_url(request.data).value_or(std::string());
    if (!opened && url.empty())
      throw std::runtime_error(request.data + ": " + to_text(opened.error()));
    if (opened)
      log = std::move(*opened);
  }
  std::cout << to_text(log ? proof_from_data(*log, request) : proof_from_server(url, request.event));
  return 0;
}

int run_verifier_key(const ProofRequest& request) {
  std::cout << signer_of(request).verifier_key().to_text() << "\n";
  return 0;
}

}  // namespace gatehouse::cli
