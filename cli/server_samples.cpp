#include "cli/server_samples.hpp"

#include "api/service_samples.hpp"
#include "api/store_samples.hpp"
#include "cli/process_samples.hpp"
#include "http/certificate_dates.hpp"

namespace gatehouse::cli {

void add_server_samples(api::Metrics& metrics, const Configuration& configuration, const http::Server& server,
                        const RocksEventLog& log, const Scrubber& scrubber) {
  const auto dates = configuration.tls ? http::certificate_dates(configuration.tls->certificate_chain) : std::nullopt;
  metrics.add_source([&server, &log, &scrubber, dates](api::Samples& samples) {
    sample_process(samples);
    api::sample_transport(server.counters(), samples);
    if (dates)
      samples.gauge("gatehouse_tls_certificate_not_after_timestamp_seconds",
                    "When the first certificate of the chain ends, in Unix time.",
                    dates->not_after.time_since_epoch().count());
    api::sample_appends(log.meters(), samples);
    api::sample_store(log.figures(), samples);
    api::sample_scrub(scrubber.status(), samples);
  });
}

}  // namespace gatehouse::cli
