#include "cli/log_place.hpp"

#include <stdexcept>

#include "cli/configuration.hpp"
#include "identity/signing_key.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

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
  return place;
}

tlog::NoteSigner signer_of(const LogPlace& place) {
  auto key = place.create ? identity::load_or_create_key(place.data, identity::log_key)
                          : identity::load_key(place.data, identity::log_key);
  if (!key)
    throw std::runtime_error(key.error().detail);
  return transparency::make_log_signer(place.origin, std::move(*key));
}

}  // namespace gatehouse::cli
