#include "api/operations/scrub_endpoints.hpp"

#include "api/json/described_writer.hpp"
#include "api/operations/projection_json.hpp"
#include "api/route_parameters.hpp"
#include "store/scrubber.hpp"

namespace gatehouse::api {
namespace {

void answer_with(const Services& services, Exchange& exchange, unsigned code) {
  const auto status = services.scrubber->status();
  std::string body;
  {
    ObjectWriter object(body);
    object.member("running", status.running).member("position", status.position).member("end", status.end);
    if (status.completed_at) {
      const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(status.completed_at->time_since_epoch());
      object.member("completed_at", Timestamp{at.count()}).member("whole", !status.damage.has_value());
    }
    if (status.damage)
      ObjectWriter(object.key("damage"))
          .member("table", status.damage->table)
          .member("position", status.damage->error.position)
          .member("detail", to_text(status.damage->error));
  }
  exchange.answer(operations_answer(services, code, std::move(body)));
}

// Where there is nothing on a disk to be read, as in tests, there is no scrubber.
bool refused(const Services& services, Exchange& exchange) {
  if (const auto parameters = check_parameters(exchange.entry()); !parameters)
    exchange.refuse(parameters.error());
  else if (services.scrubber == nullptr)
    exchange.refuse(make_problem("not_found", "This server stores nothing on a disk."));
  else
    return false;
  return true;
}

}  // namespace

void show_scrub(const Services& services, ExchangePointer exchange) {
  if (!refused(services, *exchange))
    answer_with(services, *exchange, 200);
}

void begin_scrub(const Services& services, ExchangePointer exchange) {
  if (refused(services, *exchange))
    return;
  if (!services.scrubber->begin_now())
    return exchange->refuse(make_problem("scrub_running", "A scrub is under way."));
  answer_with(services, *exchange, 202);
}

}  // namespace gatehouse::api
