#include "cli/log_place.hpp"

#include <stdexcept>

#include "cli/configuration.hpp"
#include "identity/signing_key.hpp"
#include "transparency/kept_checkpoint.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

namespace {

void refuse_other_name(const std::string& data, const std::string& name) {
  const auto file = std::filesystem::path(data) / transparency::kept_checkpoint_file;
  const auto kept = transparency::KeptCheckpoint(posix_disk(), file).look();
  if (kept && kept->checkpoint.origin != name)
    throw std::runtime_error("the log in " + data + " was published as " + kept->checkpoint.origin +
                             ", and this would be signed as " + name + ": give --origin " + kept->checkpoint.origin +
                             ", or the server's configuration with --config");
}

}  // namespace

LogPlace settled(LogPlace place) {
  Configuration configuration;
  if (!place.config.empty())
    read_configuration(place.config, configuration);
  if (place.data.empty())
    place.data = configuration.data;
  if (place.origin.empty())
    place.origin = configuration.transparency.origin;
  else if (!transparency::is_origin(place.origin))
    throw std::runtime_error(
        "--origin must be a name without spaces and plus signs, such as gatehouse.example.com/log");
  place.is_witnessed = !configuration.transparency.witnesses.empty();
  return place;
}

tlog::NoteSigner signer_of(const LogPlace& place) {
  auto key = place.create ? identity::load_or_create_key(place.data, identity::log_key)
                          : identity::load_key(place.data, identity::log_key);
  if (!key)
    throw std::runtime_error(key.error().detail);
  auto signer = transparency::make_log_signer(place.origin, std::move(*key));
  refuse_other_name(place.data, signer.verifier_key().name());
  return signer;
}

}  // namespace gatehouse::cli
