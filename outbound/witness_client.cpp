#include "outbound/witness_client.hpp"

#include <algorithm>
#include <future>

#include "outbound/http_client.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/cosignature.hpp"

namespace gatehouse::outbound {

namespace {

constexpr int tries = 2;  // the second one with the size that the witness said
constexpr long ok = 200;
constexpr long forbidden = 403;
constexpr long not_found = 404;
constexpr long conflict = 409;
constexpr long inconsistent = 422;

constexpr std::string_view differing =
    ": the histories differ (a fork, or a log that was put back from an older backup)";

std::string body_of(std::uint64_t old_size, const transparency::TreeView& tree, const tlog::Note& checkpoint) {
  auto body = "old " + std::to_string(old_size) + "\n";
  for (const auto& hash : tree.consistency_from(old_size))
    body += tlog::to_base64(hash) + "\n";
  return body + "\n" + tlog::to_text(checkpoint);
}

// How far the witness is, where it says so.
std::optional<std::uint64_t> size_in(const HttpAnswer& answer) {
  auto text = std::string_view(answer.body);
  if (answer.status != conflict || !answer.content_type.starts_with("text/x.tlog.size") || !text.ends_with('\n'))
    return std::nullopt;
  text.remove_suffix(1);
  return tlog::parse_size(text);
}

// The witness' own signatures alone, and those that are right.
std::vector<tlog::Signature> valid_ones(const std::string& lines, const tlog::Note& checkpoint,
                                        const tlog::VerifierKey& key) {
  std::vector<tlog::Signature> valid;
  for (auto& signature : tlog::parse_signatures(lines)) {
    if (tlog::cosigned_at({checkpoint.text, {signature}}, key))
      valid.push_back(std::move(signature));
  }
  return valid;
}

}  // namespace

WitnessClient::WitnessClient(std::vector<WitnessSettings> witnesses, std::size_t quorum, std::string ca_file,
                             Report report)
    : quorum_(quorum), ca_file_(std::move(ca_file)), report_(std::move(report)), told_cosigned_(quorum) {
  for (auto& settings : witnesses) {
    const transparency::WitnessStatus status{.name = settings.key.name(), .url = settings.url};
    witnesses_.push_back({.settings = std::move(settings), .told = {}, .status = status});
  }
}

transparency::Cosigner::Result WitnessClient::cosign(const transparency::TreeView& tree, const tlog::Note& checkpoint) {
  std::vector<std::future<Asked>> asked;
  for (auto& witness : witnesses_)
    asked.push_back(std::async(std::launch::async, [&] { return ask(witness, tree, checkpoint); }));
  Result result;
  std::size_t cosigned = 0;
  for (std::size_t place = 0; place < asked.size(); ++place) {
    const auto signatures = settle(witnesses_[place], asked[place].get());
    cosigned += signatures.empty() ? 0 : 1;
    result.signatures.insert(result.signatures.end(), signatures.begin(), signatures.end());
  }
  result.enough = cosigned >= quorum_;
  tell_quorum(cosigned);
  return result;
}

transparency::CosigningStatus WitnessClient::status() const {
  const std::lock_guard lock(mutex_);
  transparency::CosigningStatus status{.witnesses = {}, .quorum = quorum_};
  for (const auto& witness : witnesses_)
    status.witnesses.push_back(witness.status);
  return status;
}

WitnessClient::Asked WitnessClient::ask(Witness& witness, const transparency::TreeView& tree,
                                        const tlog::Note& checkpoint) const {
  const auto size = tree.head().size;
  if (witness.size > size)
    witness.size = 0;  // it says again how far it is
  for (int attempt = 0;; ++attempt) {
    const auto answer = http_call({.url = witness.settings.url + "/add-checkpoint",
                                   .body = body_of(witness.size, tree, checkpoint),
                                   .headers = {"Content-Type: text/plain"},
                                   .timeout = witness_timeout,
                                   .ca_file = ca_file_,
                                   .cancelled = &cancelled_});
    if (answer.status == ok) {
      auto signatures = valid_ones(answer.body, checkpoint, witness.settings.key);
      if (!signatures.empty())
        witness.size = size;
      return {std::move(signatures), {"no cosignature", "it answered without a cosignature by its key"}};
    }
    const auto said = size_in(answer);
    if (!said || *said == witness.size || *said > size || attempt + 1 == tries)
      return {{}, refusal_in(answer, witness.size, size)};
    witness.size = *said;
  }
}

WitnessClient::Refusal WitnessClient::refusal_in(const HttpAnswer& answer, std::uint64_t asked_from,
                                                 std::uint64_t size) {
  if (answer.status == 0)
    return {answer.error, answer.error};
  const auto kind = std::to_string(answer.status);
  const auto is_another = [&](const std::string& what) {
    return Refusal{kind + " differs", what + std::string(differing), true};
  };
  if (answer.status == not_found)
    return {kind, "the witness does not know this log (its origin and key); it must be told what /log/verifier-key "
                  "answers"};
  if (answer.status == forbidden)
    return {kind, "the witness knows this log's origin, but with another key"};
  if (answer.status == inconsistent)
    return is_another("the log does not follow from the " + std::to_string(asked_from) + " events that it cosigned");
  const auto said = size_in(answer);
  if (said && *said > size)
    return is_another("it has cosigned " + std::to_string(*said) + " events, and the log has " + std::to_string(size));
  if (said && *said == asked_from && *said == size)
    return is_another("it has cosigned another root of the same " + std::to_string(size) + " events");
  if (said && *said != asked_from)
    return {kind + " moves", "it is asked about this log by somebody else at the same time"};
  return {kind, "it answered " + kind};
}

std::vector<tlog::Signature> WitnessClient::settle(Witness& witness, Asked asked) const {
  if (cancelled_ && asked.signatures.empty())
    return {};
  const auto who = "witness " + witness.settings.key.name() + " at " + witness.settings.url;
  {
    const std::lock_guard lock(mutex_);
    auto& status = witness.status;
    status.cosigns = !asked.signatures.empty();
    status.differs = !status.cosigns && asked.refusal.differs;
    if (status.cosigns)
      status.cosigned_size = witness.size;
    else
      ++status.failures;
  }
  if (!asked.signatures.empty()) {
    if (!witness.told.empty())
      report_(Severity::info, who + " cosigns again");
    witness.told.clear();
  } else if (witness.told.insert(asked.refusal.kind).second) {
    report_(asked.refusal.differs ? Severity::error : Severity::warning,
            who + " does not cosign: " + asked.refusal.text);
  }
  return std::move(asked.signatures);
}

void WitnessClient::tell_quorum(std::size_t cosigned) {
  const auto counted = std::min(cosigned, quorum_);
  if (cancelled_ || counted == told_cosigned_)
    return;
  const auto of_all =
      std::to_string(cosigned) + " of " + std::to_string(witnesses_.size()) + " witnesses have cosigned";
  if (counted < quorum_)
    report_(Severity::warning, of_all + " and " + std::to_string(quorum_) + " must: nothing new is published");
  else
    report_(Severity::info, of_all + ": checkpoints are published again");
  told_cosigned_ = counted;
}

}  // namespace gatehouse::outbound
