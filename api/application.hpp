// The API as one object: takes requests from the transport, finds their route, sees who asks, and has them answered. The
// transport must have stopped, and the command service too, before it goes.
#pragma once
#include <atomic>
#include <memory>
#include <optional>

#include "api/router.hpp"
#include "api/services.hpp"
#include "http/options.hpp"

namespace gatehouse::api {

class Application {
 public:
  // What outlives the application.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    identity::Verifier& verifier;
    const identity::SigningKey& signing_key;
    const outbound::WebhookSecrets& webhook_secrets;
    transparency::LogTree& tree;
    ProjectionGate& projections;
    const SubjectKeys* keys{};     // none where the log seals no texts
    const StructuredLog* lines{};  // none for no lines
    Scrubber* scrubber{};          // none where nothing is stored on a disk
    BackupService* backups{};      // none where none are configured
    const Eraser* eraser{};        // none where nothing can be erased
    LogLevel* log_level{};         // none where there are no lines
  };
  struct Settings {
    Clock clock;
    ManifestReader read_manifest;
    identity::Secret page_secret;
    ProblemSetting problems{};
    const authzen::Policy* policy = nullptr;  // none: the marketplace's own
    std::string public_url{};
    unsigned workers = 1;
    std::chrono::seconds projection_wait = projection_wait_max;
    bool log_all_requests = false;  // otherwise those alone that the server failed to answer, or that were slow
    std::chrono::milliseconds slow_request{};  // from which duration on one is; 0: none is
  };

  Application(const Parts& parts, Settings settings);
  ~Application();

  // For http::Server. Any I/O thread.
  void handle(http::Request request, http::Respond respond);
  [[nodiscard]] http::Response refusal(const http::Refusal& refusal, const http::RefusedHead& head,
                                       std::string_view request_id) const;

  // For http::Options: large bodies are for those who say who they are.
  [[nodiscard]] std::optional<http::Response> refuse_large_body(const http::Request& head,
                                                                std::string_view request_id) const;

  [[nodiscard]] Metrics& metrics() { return metrics_; }

  // Lets those who wait for something to happen have what is known now. Before the transport is waited for.
  void begin_stop();

 private:
  void dispatch(ExchangePointer exchange);
  [[nodiscard]] std::vector<std::string> methods_at(std::string_view target) const;

  const Clock clock_;
  const ManifestReader read_manifest_;
  const std::string public_url_;
  Router router_;
  Metrics metrics_;
  Observation observation_;
  PageTokens page_tokens_;
  Documents documents_;
  Workers workers_;
  QuestionLanes lanes_;
  LogWatch watch_;
  KeptAnswers kept_answers_;
  Feeds feeds_;
  std::atomic<bool> stopping_ = false;
  Services services_;
};

}  // namespace gatehouse::api
