// What endpoints work with. Everything outlives the exchanges and may be used from any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "api/authzen/policy.hpp"
#include "api/command_json.hpp"
#include "api/exchange.hpp"
#include "api/feed/feeds.hpp"
#include "api/kept_answers.hpp"
#include "api/log_watch.hpp"
#include "api/metrics.hpp"
#include "api/page.hpp"
#include "api/projection_gate.hpp"
#include "api/question_lanes.hpp"
#include "api/workers.hpp"
#include "commands/command_service.hpp"
#include "identity/signing_key.hpp"
#include "identity/verifier.hpp"
#include "outbound/webhook_signature.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"
#include "transparency/log_tree.hpp"

namespace gatehouse {
class Scrubber;
class BackupService;
class Eraser;
}  // namespace gatehouse

namespace gatehouse::api {

class LogLevel;

// How long a query waits for a read model to reach the position that it needs.
inline constexpr std::chrono::seconds projection_wait_max{5};

// What does not change while the server runs.
struct Document {
  std::shared_ptr<const std::string> text;
  std::string tag;  // its ETag
};
struct Documents {
  Document openapi, docs, problems;
};

struct Services {
  EventLog& log;
  CommandService& commands;
  identity::Verifier& verifier;
  const identity::SigningKey& signing_key;  // for the tokens that apps get
  ProjectionGate& projections;
  const PageTokens& page_tokens;
  const Documents& documents;
  const ManifestReader& read_manifest;
  const authzen::Policy& policy;
  const outbound::WebhookSecrets& webhook_secrets;
  const SubjectKeys* keys;  // null where the log seals no texts
  BackupService* backups;   // null where none are configured
  const Eraser* eraser;     // null where nothing can be erased
  transparency::LogTree& tree;
  const std::string& public_url;  // as configured; may be empty (api/public_url.hpp)
  const Clock& clock;
  std::chrono::seconds projection_wait;
  Metrics& metrics;
  Workers& workers;
  QuestionLanes& lanes;
  LogWatch& watch;
  KeptAnswers& kept_answers;
  Feeds& feeds;
  const std::atomic<bool>& stopping;
  Scrubber* scrubber;   // null where nothing is stored on a disk
  LogLevel* log_level;  // null where no log is written
};

}  // namespace gatehouse::api
