#include "cli/witness_server.hpp"

#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "api/structured_log.hpp"
#include "cli/witness_lines.hpp"
#include "http/server.hpp"
#include "identity/signing_key.hpp"
#include "store/data_lock.hpp"
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

constexpr std::string_view plain = "text/plain";

http::Response refusal(unsigned status, std::string_view reason, std::string_view allowed = {}) {
  http::Response response{.status = status, .content_type = std::string(plain), .body = std::string(reason) + "\n"};
  if (!allowed.empty())
    response.headers.push_back({"Allow", std::string(allowed)});
  return response;
}

http::Response answer_to(witness::Witness& witness, WitnessLines& lines, const http::Request& request) {
  if (request.path() == "/livez") {
    if (request.method != "GET" && request.method != "HEAD")
      return refusal(405, "GET it.", "GET, HEAD");
    return {.status = 200, .content_type = "application/json", .body = std::string(R"({"alive":true})")};
  }
  if (request.path() != "/add-checkpoint")
    return refusal(404, "There is no such path.");
  if (request.method != "POST")
    return refusal(405, "POST a checkpoint.", "POST");
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  auto answer = witness.add_checkpoint(request.body, static_cast<std::uint64_t>(now.count()));
  lines.note(answer);
  return {.status = answer.status, .content_type = std::move(answer.content_type), .body = std::move(answer.body)};
}

DataLock lock_of(const WitnessFlags& flags) {
  auto lock = DataLock::take(flags.data, false);
  if (!lock)
    throw std::runtime_error("the witness' folder " + flags.data + ": " + lock.error().detail);
  return std::move(*lock);
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

}  // namespace

int run_witness(const WitnessFlags& flags) {
  const auto signer = signer_of(flags);
  if (flags.print_key) {
    std::cout << signer.verifier_key().to_text() << "\n";
    return 0;
  }
  auto logs = parse_logs(flags.logs);
  if (logs.empty())
    throw std::runtime_error("a witness that knows no log cosigns nothing: give it --log <verifier key> for each of "
                             "them, as `gatehouse verifier-key` or a log's /log/verifier-key prints it");
  const auto lock = lock_of(flags);
  const auto signals = block_signals();
  const auto logger = spdlog::stderr_logger_mt("witness");
  logger->set_pattern("%v");  // the lines bring their own time and level
  const api::StructuredLog log_lines(logger, api::StructuredLog::Format::text);
  WitnessLines lines(log_lines);
  witness::CheckpointFiles files(std::filesystem::path(flags.data) / "checkpoints");
  witness::Witness witness(signer, files, std::move(logs));
  const auto listen = parse_address(flags.listen);
  http::Server server(
      {.address = listen.host, .port = listen.port},
      [&](const http::Request& request, http::Respond respond) { respond(answer_to(witness, lines, request)); });
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
