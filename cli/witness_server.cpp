#include "cli/witness_server.hpp"

#include <signal.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "http/server.hpp"
#include "identity/signing_key.hpp"
#include "witness/checkpoint_files.hpp"
#include "witness/witness.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::string_view witness_key = "witness-signing";

std::vector<tlog::VerifierKey> parse_logs(const std::vector<std::string>& texts) {
  std::vector<tlog::VerifierKey> logs;
  for (const auto& text : texts) {
    auto key = tlog::VerifierKey::parse(text);
    if (!key || key->type() != tlog::SignatureType::ed25519)
      throw std::runtime_error("--log must be a log's verifier key, <name>+<hash>+<base64>");
    logs.push_back(std::move(*key));
  }
  return logs;
}

tlog::NoteSigner signer_of(const WitnessFlags& flags) {
  if (!tlog::is_key_name(flags.name))
    throw std::runtime_error("--name must have no spaces and plus signs, such as witness.example.com/w1");
  std::filesystem::create_directories(flags.data);
  auto key = identity::load_or_create_key(flags.data, witness_key);
  if (!key)
    throw std::runtime_error(key.error().detail);
  return {flags.name, tlog::SignatureType::ed25519_cosignature, std::move(*key)};
}

http::Response answer_to(witness::Witness& witness, const http::Request& request) {
  if (request.path() != "/add-checkpoint")
    return {.status = 404, .content_type = "text/plain", .body = std::string("There is no such path.\n")};
  if (request.method != "POST")
    return {.status = 405,
            .content_type = "text/plain",
            .headers = {{"Allow", "POST"}},
            .body = std::string("POST a checkpoint.\n")};
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  auto answer = witness.add_checkpoint(request.body, static_cast<std::uint64_t>(now.count()));
  return {.status = answer.status, .content_type = std::move(answer.content_type), .body = std::move(answer.body)};
}

}  // namespace

int run_witness(const WitnessFlags& flags) {
  const auto signer = signer_of(flags);
  if (flags.print_key) {
    std::cout << signer.verifier_key().to_text() << "\n";
    return 0;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  witness::CheckpointFiles files(std::filesystem::path(flags.data) / "checkpoints");
  witness::Witness witness(signer, files, parse_logs(flags.logs));
  const auto listen = parse_address(flags.listen);
  http::Server server(
      {.address = listen.host, .port = listen.port},
      [&](const http::Request& request, http::Respond respond) { respond(answer_to(witness, request)); });
  server.start();
  std::cout << "Witness " << signer.verifier_key().to_text() << " listens on port " << server.port() << "\n"
            << std::flush;
  int number = 0;
  sigwait(&signals, &number);
  server.stop();
  server.wait();
  return 0;
}

}  // namespace gatehouse::cli
