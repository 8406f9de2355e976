#include "cli/prove.hpp"

#include <iostream>
#include <stdexcept>

#include "cli/end_on_signal.hpp"
#include "cli/refused_log.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "cli/tile_client.hpp"
#include "cli/tree_to_show.hpp"
#include "transparency/log_entry.hpp"

namespace gatehouse::cli {

namespace {

tlog::ProofFile proof_from_server(std::string url, std::uint64_t event) {
  while (url.ends_with('/'))
    url.pop_back();
  return TileClient(url + "/log").prove(event - 1);
}

tlog::ProofFile proof_from_data(const RocksEventLog& log, const LogPlace& place, std::uint64_t number) {
  const Position position{number};
  const auto event = log.read_at(position);
  if (!event)
    throw std::runtime_error("there is no event at position " + std::to_string(number) + ": the log ends at " +
                             std::to_string(log.head().value));
  const auto tree = tree_to_show(log, place, signer_of(place));
  if (number > tree.head().size)
    throw std::runtime_error("no event at position " + std::to_string(number) +
                             " is published: what the witnesses have cosigned ends at " +
                             std::to_string(tree.head().size));
  auto proof = tree.prove(position);
  proof.extra = transparency::entry_of(position, event->frame);
  return proof;
}

}  // namespace

int run_proof(const ProofRequest& request) {
  if (request.event == 0)
    throw std::runtime_error("--event must be a position, from 1");
  const EndOnSignal end_on_signal;
  auto url = request.url;
  const auto place = settled(request.place);
  std::unique_ptr<RocksEventLog> log;
  if (url.empty()) {
    auto opened = try_stopped_log(place.data);
    if (!opened && opened.error().kind == OpenErrorKind::locked)
      url = read_server_url(place.data).value_or(std::string());
    if (!opened && url.empty())
      throw std::runtime_error(place.data + ": " + refusal_of(opened.error()));
    if (opened)
      log = std::move(*opened);
  }
  std::cout << to_text(log ? proof_from_data(*log, place, request.event) : proof_from_server(url, request.event));
  return 0;
}

int run_verifier_key(const LogPlace& place) {
  std::cout << signer_of(settled(place)).verifier_key().to_text() << "\n";
  return 0;
}

}  // namespace gatehouse::cli
