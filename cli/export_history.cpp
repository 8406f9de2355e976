#include "cli/export_history.hpp"

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "api/json/names.hpp"
#include "api/transparency/export.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "cli/token.hpp"
#include "identity/signing_key.hpp"
#include "outbound/http_client.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse::cli {

namespace {

std::string token_for(const ExportFlags& flags) {
  TokenRequest request{.data = flags.data, .user = "export", .account = std::nullopt, .scope = "auditor", .ttl = "1h"};
  if (flags.account.empty())
    request.scope = "platform auditor";
  else
    request.account = flags.account;
  return mint_token(request);
}

void export_from_server(const ExportFlags& flags, api::ExportForm form, const std::string& url, std::ostream& out) {
  const auto path = flags.account.empty() ? std::string("/v1/platform") : "/v1/accounts/" + flags.account;
  const auto answer = outbound::http_call(
      {.url = url + path + "/export?after=" + std::to_string(flags.after),
       .headers = {"Authorization: Bearer " + token_for(flags), "Accept: " + std::string(api::media_type_of(form))},
       .timeout = std::chrono::milliseconds{0},
       .sink = [&out](std::string_view bytes) { out << bytes; }});
  if (answer.status != 200)
    throw std::runtime_error(url + ": " + (answer.status == 0 ? answer.error : answer.body));
}

void export_from_data(const ExportFlags& flags, api::ExportForm form, const RocksEventLog& log, std::ostream& out) {
  auto key = identity::load_or_create_key(flags.data, identity::log_key);
  if (!key)
    throw std::runtime_error(key.error().detail);
  const auto signer = transparency::make_log_signer(flags.origin, std::move(*key));
  const auto tree = transparency::tree_of(log, *log.projections());
  if (!tree)
    throw std::runtime_error(tree.error());
  const AccountId account{flags.account};
  auto source = api::Export::of(log, transparency::signed_tree(*tree, signer), {account, {flags.after}, form});
  if (!source)
    throw std::runtime_error("the log commits to no events of this account");
  if (!account.empty() && log.stream_head(account)->position > source->through())
    std::cerr << "gatehouse: events after position " << source->through().value
              << " are not exported: the server committed to none of them before it stopped\n";
  std::string part;
  source->begin(part);
  for (bool more = true; more; part.clear()) {
    more = source->write_part(part);
    if (!more)
      source->end(part, to_text(signer.sign(source->manifest())));
    out << part;
  }
}

void export_to(const ExportFlags& flags, api::ExportForm form, std::ostream& out) {
  const auto log = try_stopped_log(flags.data);
  if (log)
    return export_from_data(flags, form, **log, out);
  const auto url = log.error().kind == OpenErrorKind::locked ? read_server_url(flags.data) : std::nullopt;
  if (!url)
    throw std::runtime_error(flags.data + ": " + to_text(log.error()));
  export_from_server(flags, form, *url, out);
}

}  // namespace

int run_export(const ExportFlags& flags) {
  const auto form = api::enum_named<api::ExportForm>(flags.form);
  if (!form)
    throw std::runtime_error("--form must be ndjson, csv or cloudevents");
  if (!flags.account.empty() && !is_valid_id(flags.account))
    throw std::runtime_error("--account must be an account's id");
  std::ofstream file;
  if (!flags.output.empty())
    file.open(flags.output, std::ios::binary | std::ios::trunc);
  auto& out = flags.output.empty() ? static_cast<std::ostream&>(std::cout) : file;
  export_to(flags, *form, out);
  if (!out.flush())
    throw std::runtime_error("the export could not be written");
  return 0;
}

}  // namespace gatehouse::cli
