#include "witness/witness.hpp"

#include <algorithm>
#include <stdexcept>

#include "table/assert.hpp"
#include "tlog/cosignature.hpp"

namespace gatehouse::witness {

namespace {

constexpr std::size_t proof_lines_max = 63;
constexpr std::string_view plain = "text/plain; charset=utf-8";

Answer refusal(unsigned status, std::string_view reason) {
  return {.status = status, .content_type = std::string(plain), .body = std::string(reason) + "\n"};
}

}  // namespace

Witness::Witness(const tlog::NoteSigner& signer, CheckpointStore& store, std::vector<tlog::VerifierKey> logs)
    : signer_(signer), store_(store), logs_(std::move(logs)) {
  GATEHOUSE_ASSERT(signer.verifier_key().type() == tlog::SignatureType::ed25519_cosignature);
}

std::optional<Witness::Submission> Witness::parse(std::string_view body) {
  constexpr std::string_view old_word = "old ";
  Submission submission;
  bool is_first = true;
  for (;;) {
    const auto end = body.find('\n');
    if (end == std::string_view::npos)
      return std::nullopt;
    const auto line = body.substr(0, end);
    body.remove_prefix(end + 1);
    if (is_first) {
      const auto size = line.starts_with(old_word) ? tlog::parse_size(line.substr(old_word.size())) : std::nullopt;
      if (!size)
        return std::nullopt;
      submission.old_size = *size;
      is_first = false;
    } else if (line.empty()) {
      break;
    } else {
      const auto hash = tlog::hash_from_base64(line);
      if (!hash || submission.path.size() == proof_lines_max)
        return std::nullopt;
      submission.path.push_back(*hash);
    }
  }
  auto note = tlog::parse_note(body);
  auto checkpoint = note ? tlog::parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint)
    return std::nullopt;
  submission.note = std::move(*note);
  submission.checkpoint = std::move(*checkpoint);
  return submission;
}

Answer Witness::add_checkpoint(std::string_view body, std::uint64_t unix_seconds) {
  const auto submission = body.size() <= request_bytes_max ? parse(body) : std::nullopt;
  if (!submission)
    return refusal(400, "This is no old size, consistency proof and checkpoint.");
  auto answer = judge(*submission, unix_seconds);
  answer.origin = submission->checkpoint.origin;
  answer.size = submission->checkpoint.head.size;
  return answer;
}

Answer Witness::judge(const Submission& submission, std::uint64_t unix_seconds) try {
  const auto& [origin, head] = submission.checkpoint;
  if (std::ranges::none_of(logs_, [&](const auto& key) { return key.name() == origin; }))
    return refusal(404, "The log is not known here.");
  const bool is_signed = std::ranges::any_of(
      logs_, [&](const auto& key) { return key.name() == origin && is_signed_by(submission.note, key) == true; });
  if (!is_signed)
    return refusal(403, "The checkpoint is not signed by a key of the log that is known here.");
  if (submission.old_size > head.size)
    return refusal(400, "The old size is larger than the checkpoint's.");
  const std::lock_guard lock(mutex_);
  tlog::TreeHead before{0, tlog::empty_root()};
  if (const auto known = store_.load(origin)) {
    const auto last = tlog::parse_checkpoint(*known);
    if (!last)
      throw std::runtime_error("damaged");
    before = last->head;
  }
  Answer conflict{.status = 409, .content_type = "text/x.tlog.size", .body = std::to_string(before.size) + "\n"};
  if (submission.old_size != before.size)
    return conflict;
  if (before.size == head.size && before.root != head.root) {
    conflict.differs = true;
    return conflict;
  }
  if (!tlog::proves_consistency(submission.path, before, head)) {
    auto inconsistent = refusal(422, "The checkpoint does not follow from the last one by this proof.");
    inconsistent.differs = true;
    return inconsistent;
  }
  store_.save(origin, submission.note.text);
  return {.status = 200,
          .content_type = std::string(plain),
          .body = to_line(tlog::cosign(submission.note.text, unix_seconds, signer_))};
} catch (const std::runtime_error&) {
  return refusal(500, "The last checkpoint cannot be read or the new one not be written.");
}

}  // namespace gatehouse::witness
