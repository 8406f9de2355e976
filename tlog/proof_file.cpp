#include "tlog/proof_file.hpp"

#include "identity/base64.hpp"
#include "tlog/checkpoint.hpp"

namespace gatehouse::tlog {

namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

// The line without its end; nothing when none is left.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos)
    return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

bool take_path(std::string_view& rest, Path& path) {
  for (auto line = take_line(rest); line; line = take_line(rest)) {
    if (line->empty())
      return true;
    const auto hash = hash_from_base64(*line);
    if (!hash || path.size() == path_hashes_max)
      return false;
    path.push_back(*hash);
  }
  return false;
}

}  // namespace

std::string to_text(const ProofFile& proof) {
  std::string text(first_line);
  if (!proof.extra.empty()) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(proof.extra.data());
    text.append(extra_word).append(identity::base64_encode({bytes, proof.extra.size()})).append("\n");
  }
  text.append(index_word).append(std::to_string(proof.index)).append("\n");
  for (const auto& hash : proof.path)
    text.append(to_base64(hash)).append("\n");
  return text.append("\n").append(proof.checkpoint);
}

std::optional<ProofFile> parse_proof_file(std::string_view text) {
  if (!text.starts_with(first_line))
    return std::nullopt;
  text.remove_prefix(first_line.size());
  ProofFile proof;
  auto line = take_line(text);
  if (line && line->starts_with(extra_word)) {
    auto extra = identity::base64_decode(line->substr(extra_word.size()));
    if (!extra)
      return std::nullopt;
    proof.extra = std::move(*extra);
    line = take_line(text);
  }
  if (!line || !line->starts_with(index_word))
    return std::nullopt;
  const auto index = parse_size(line->substr(index_word.size()));
  if (!index || !take_path(text, proof.path))
    return std::nullopt;
  proof.index = *index;
  proof.checkpoint = std::string(text);
  return proof;
}

}  // namespace gatehouse::tlog
