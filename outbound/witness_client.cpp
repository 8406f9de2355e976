#include "outbound/witness_client.hpp"

#include <future>

#include "outbound/http_client.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/cosignature.hpp"

namespace gatehouse::outbound {

namespace {

constexpr int tries = 2;  // the second one with the size that the witness said
constexpr long ok = 200;
constexpr long conflict = 409;

std::string body_of(std::uint64_t old_size, const transparency::TreeView& tree, const tlog::Note& checkpoint) {
  auto body = "old " + std::to_string(old_size) + "\n";
  for (const auto& hash : tree.consistency_from(old_size))
    body += tlog::to_base64(hash) + "\n";
  return body + "\n" + tlog::to_text(checkpoint);
}

std::optional<std::uint64_t> size_in(const HttpAnswer& answer) {
  auto text = std::string_view(answer.body);
  if (!answer.content_type.starts_with("text/x.tlog.size") || !text.ends_with('\n'))
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
                             std::function<void(std::string_view)> report)
    : quorum_(quorum), ca_file_(std::move(ca_file)), report_(std::move(report)) {
  for (auto& settings : witnesses)
    witnesses_.push_back({std::move(settings)});
}

transparency::Cosigner::Result WitnessClient::cosign(const transparency::TreeView& tree, const tlog::Note& checkpoint) {
  std::vector<std::future<std::vector<tlog::Signature>>> asked;
  for (auto& witness : witnesses_)
    asked.push_back(std::async(std::launch::async, [&] { return ask(witness, tree, checkpoint); }));
  Result result;
  std::size_t cosigned = 0;
  for (auto& one : asked) {
    auto signatures = one.get();
    cosigned += signatures.empty() ? 0 : 1;
    result.signatures.insert(result.signatures.end(), signatures.begin(), signatures.end());
  }
  result.enough = cosigned >= quorum_;
  return result;
}

std::vector<tlog::Signature> WitnessClient::ask(Witness& witness, const transparency::TreeView& tree,
                                                const tlog::Note& checkpoint) const {
  std::string problem;
  for (int attempt = 0; attempt < tries && witness.size <= tree.head().size; ++attempt) {
    const auto answer = http_call({.url = witness.settings.url + "/add-checkpoint",
                                   .body = body_of(witness.size, tree, checkpoint),
                                   .headers = {"Content-Type: text/plain"},
                                   .timeout = witness_timeout,
                                   .ca_file = ca_file_,
                                   .cancelled = &cancelled_});
    if (answer.status == ok) {
      auto signatures = valid_ones(answer.body, checkpoint, witness.settings.key);
      if (!signatures.empty()) {
        witness.size = tree.head().size;
        note_outcome(witness, {});
        return signatures;
      }
      problem = "it answered without a cosignature by its key";
      break;
    }
    problem = answer.status == 0 ? answer.error : "it answered " + std::to_string(answer.status);
    const auto size = answer.status == conflict ? size_in(answer) : std::nullopt;
    if (!size || *size == witness.size)
      break;
    witness.size = *size;
  }
  if (witness.size > tree.head().size)
    problem = "it has seen " + std::to_string(witness.size) + " events, more than the log has";
  note_outcome(witness, problem);
  return {};
}

void WitnessClient::note_outcome(Witness& witness, const std::string& problem) const {
  const bool fails = !problem.empty();
  if (fails && !witness.failing && !cancelled_)
    report_("witness " + witness.settings.key.name() + " does not cosign: " + problem);
  if (!fails && witness.failing)
    report_("witness " + witness.settings.key.name() + " cosigns again");
  witness.failing = fails;
}

}  // namespace gatehouse::outbound
