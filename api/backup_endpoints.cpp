#include "api/backup_endpoints.hpp"

#include "api/route_parameters.hpp"
#include "backup/backup_service.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::api {
namespace {

void append_backup(std::string& out, const Backup& backup) {
  ObjectWriter object(out);
  object.member("id", std::uint64_t{backup.id});
  if (!backup.damage.empty()) {
    object.member("damage", backup.damage);
    return;
  }
  const auto& manifest = backup.manifest;
  object.member("position", manifest.head.position);
  if (manifest.head.position != Position{})
    object.member("recorded_at", manifest.recorded_at);
  object.member("made_at", manifest.made_at)
      .member("bytes", manifest.bytes)
      .member("verified", backup.verified_at.has_value());
  if (backup.verified_at)
    object.member("verified_at", *backup.verified_at);
}

void append_items(std::string& out, const std::vector<Backup>& backups) {
  ArrayWriter items(out);
  for (const auto& backup : backups)
    append_backup(items.next(), backup);
}

void append_status(ObjectWriter& object, const BackupService& service) {
  const auto status = service.status();
  object.member("directory", service.settings().folder.native()).member("running", status.running);
  if (status.running)
    object.member("step", to_text(status.step)).member("step_bytes", status.step_bytes);
  if (status.last_success)
    object.member("last_success_at", *status.last_success);
  object.member("failures", status.failures).member_if_any("last_error", status.last_error);
}

http::Response json(unsigned status, std::string body) {
  http::Response response{.status = status, .content_type = "application/json", .body = std::move(body)};
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

void answer_list(const Services& services, const ExchangePointer& exchange) {
  const auto* service = services.backups;
  BackupResult<std::vector<Backup>> backups;
  if (service != nullptr)
    backups = finished_backups(service->settings().folder);
  std::string body;
  {
    ObjectWriter object(body);
    object.member("configured", service != nullptr)
        .member("head", services.log.head())
        .member("first", tlog::to_base64(first_link(services.log)));
    if (service != nullptr)
      append_status(object, *service);
    if (!backups)
      object.member("unreadable", backups.error().detail);
    append_items(object.key("items"), backups.value_or(std::vector<Backup>()));
    object.member("next_page_token", "");
  }
  exchange->answer(json(200, std::move(body)));
}

}  // namespace

void list_backups(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  // Their manifests are read from a disk, which may be a slow one.
  services.workers.post([&services, exchange = std::move(exchange)] { answer_list(services, exchange); });
}

void begin_backup(const Services& services, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  if (services.backups == nullptr)
    return exchange->refuse(
        make_problem("backups_not_configured", "The configuration names no directory for backups."));
  if (!services.backups->ask())
    return exchange->refuse(make_problem("backup_running", "A backup is being made."));
  std::string body;
  ObjectWriter(body).member("running", true);
  auto response = json(202, std::move(body));
  response.headers.push_back({"Location", "/v1/ops/backups"});
  exchange->answer(std::move(response));
}

bool backup_failed_last(const Services& services) {
  return services.backups != nullptr && !services.backups->status().last_error.empty();
}

}  // namespace gatehouse::api
