// The whole API behind a real socket, over a log in memory whose failures and read models whose pace the test decides.
#pragma once
#include <boost/json/value.hpp>
#include <functional>
#include <gtest/gtest.h>
#include <initializer_list>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/application.hpp"
#include "api/follower_gate.hpp"
#include "api/log_level.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"
#include "http/server.hpp"
#include "identity/signing_key.hpp"
#include "sealing/subject_keys.hpp"
#include "store/memory_event_log.hpp"
#include "store/memory_projection_store.hpp"
#include "tests/http/raw_client.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::api {

// Read models that stand still on demand.
class HeldGate final : public ProjectionGate {
 public:
  explicit HeldGate(ProjectionGate& gate) : gate_(&gate) {}

  void hold() { held_ = true; }
  void release();     // whoever waited is told that the position was reached
  void let_expire();  // whoever waited is told that it was not
  [[nodiscard]] std::size_t waiting();

  [[nodiscard]] std::optional<ProjectionView> view(std::string_view projection) const override;
  void wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                std::function<void(bool)> done) override;
  [[nodiscard]] std::vector<ProjectionStatus> statuses() const override { return gate_->statuses(); }
  [[nodiscard]] Rebuilder& rebuilder() override { return gate_->rebuilder(); }

 private:
  void tell(bool reached);

  ProjectionGate* gate_;
  std::atomic<bool> held_{};
  std::mutex mutex_;
  std::vector<std::function<void(bool)>> waiting_;
};

struct ApiFixture : testing::Test {
  using Headers = std::vector<std::pair<std::string, std::string>>;

  explicit ApiFixture(const authzen::Policy* policy = nullptr, transparency::Cosigner* cosigner = nullptr);
  ~ApiFixture() override;

  std::string token(std::string_view subject, std::string_view account, std::string_view scopes = "");
  http::Answer call(std::string_view method, std::string_view target, std::string_view token,
                    std::string_view body = "", const Headers& headers = {});
  http::Answer get(std::string_view target, std::string_view token, const Headers& headers = {}) {
    return call("GET", target, token, "", headers);
  }
  // To the account acme, as its owner unless another token is given.
  http::Answer command(std::string_view body, const Headers& headers = {}) { return command_as(owner, body, headers); }
  http::Answer command_as(std::string_view bearer, std::string_view body, const Headers& headers = {});
  http::Answer platform_command(std::string_view body, const Headers& headers = {});

  // The account acme with its owner olga, and a published app "notes" that any member may install.
  void open_account();

  MemoryEventLog log;
  std::unique_ptr<SubjectKeys> keys = make_memory_subject_keys();
  MemoryProjectionStore projections;
  FollowerGate follower;
  HeldGate gate;
  SystemIds ids;
  MacConfirmationTokens confirmations;
  CommandService commands;
  identity::SigningKey key = identity::SigningKey::generate();
  identity::Verifier verifier;
  outbound::WebhookSecrets webhook_secrets{identity::Secret(std::vector<std::uint8_t>(32, 7))};
  std::ostringstream lines_text;  // read while the server is quiet
  StructuredLog lines;
  LogLevel log_level{lines, StructuredLog::Level::error};
  tlog::NoteSigner log_signer = transparency::make_log_signer("log.example", identity::SigningKey::generate());
  transparency::LogTree tree;
  Application application;
  http::Server server;
  std::string platform;
  std::string owner;
};

[[nodiscard]] Timestamp wall_clock();
[[nodiscard]] boost::json::value json_of(const http::Answer& answer);
[[nodiscard]] std::string code_of(const http::Answer& answer);  // of a problem document

}  // namespace gatehouse::api
