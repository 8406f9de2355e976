#include <fstream>
#include <sstream>

#include "cli/doctor/checks.hpp"
#include "identity/signing_key.hpp"
#include "tlog/note.hpp"
#include "transparency/kept_checkpoint.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

Findings check_log_key(const std::filesystem::path& data, const std::string& origin) {
  const auto file = data / transparency::kept_checkpoint_file;
  std::ifstream stream(file);
  auto key = identity::load_key(data, identity::log_key);
  if (!stream || !key)
    return {};  // nothing was published, or check_keys() says what is wrong
  std::ostringstream text;
  text << stream.rdbuf();
  const auto signer = transparency::make_log_signer(origin, std::move(*key));
  const auto note = tlog::parse_note(text.str());
  const auto is_signed = note ? tlog::is_signed_by(*note, signer.verifier_key()) : std::optional(false);
  const auto name = signer.verifier_key().name();
  if (!is_signed)
    return {
        {"log's key", Verdict::wrong, "the last checkpoint was not signed as " + name + " with keys/log-signing.pem",
         "bring back the key, or the transparency.origin, that the log had: others will not follow it under another"}};
  if (!*is_signed)
    return {{"log's key", Verdict::wrong, file.string() + " is damaged", "bring it back from a backup"}};
  return {{"log's key", Verdict::ok, "signed the last checkpoint, as " + name}};
}

}  // namespace gatehouse::cli
