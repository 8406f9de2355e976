#include "cli/export_history.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <iostream>
#include <stdexcept>

#include "api/json/names.hpp"
#include "api/transparency/export.hpp"
#include "cli/end_on_signal.hpp"
#include "cli/export_output.hpp"
#include "cli/refused_log.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/token.hpp"
#include "cli/tree_to_show.hpp"

namespace gatehouse::cli {

namespace {

std::string token_for(const ExportFlags& flags, const LogPlace& place) {
  TokenRequest request{.data = place.data, .user = "export", .account = std::nullopt, .scope = "auditor", .ttl = "1h"};
  if (flags.account.empty())
    request.scope = "platform auditor";
  else
    request.account = flags.account;
  return mint_token(request);
}

// The sentence of a problem document, or what there is instead.
std::string reason_in(const outbound::HttpAnswer& answer) {
  if (answer.status == 0)
    return answer.error;
  boost::system::error_code error;
  const auto problem = boost::json::parse(answer.body, error);
  const auto* object = error ? nullptr : problem.if_object();
  const auto* detail = object != nullptr ? object->if_contains("detail") : nullptr;
  if (detail == nullptr || !detail->is_string())
    return "answers " + std::to_string(answer.status);
  return std::string(detail->as_string());
}

void export_from_server(const ExportFlags& flags, const LogPlace& place, api::ExportForm form, const std::string& url,
                        ExportOutput& out) {
  if (is_platform_stream(AccountId{flags.account}))
    throw std::runtime_error("the stream " + flags.account +
                             " is the platform's own: a running server exports it with all the others, without "
                             "--account; stop the server for it alone");
  const auto path = flags.account.empty() ? std::string("/v1/platform") : "/v1/accounts/" + flags.account;
  const auto answer = call_server({.url = url + path + "/export?after=" + std::to_string(flags.after),
                                   .headers = {"Authorization: Bearer " + token_for(flags, place),
                                               "Accept: " + std::string(api::media_type_of(form))},
                                   .timeout = std::chrono::milliseconds{0},
                                   .sink = [&out](std::string_view bytes) { out.write(bytes); }});
  if (answer.status != 200)
    throw std::runtime_error(url + ": " + reason_in(answer));
}

void export_from_data(const ExportFlags& flags, const LogPlace& place, api::ExportForm form, const RocksEventLog& log,
                      ExportOutput& out) {
  const auto signer = signer_of(place);
  const auto tree = tree_to_show(log, place, signer);
  const AccountId account{flags.account};
  const auto keys = keys_to_read(place.data, log);
  auto source = api::Export::of(log, tree, {account, {flags.after}, form, keys.get()});
  if (!source)
    throw std::runtime_error(tree.head().size < log.head().value
                                 ? "what is published commits to no events of this account"
                                 : "the log commits to no events of this account");
  if (source->begins_beyond_end())
    throw std::runtime_error("--after " + std::to_string(flags.after) +
                             " is beyond the end: the export reaches up to position " +
                             std::to_string(source->through().value));
  if (!account.empty() && log.stream_head(account)->position > source->through())
    std::cerr << "gatehouse: events after position " << source->through().value
              << " are not exported: the server committed to none of them before it stopped\n";
  std::string part;
  source->begin(part);
  for (bool more = true; more; part.clear()) {
    more = source->write_part(part);
    if (!more)
      source->end(part, to_text(signer.sign(source->manifest())));
    out.write(part);
  }
}

void export_to(const ExportFlags& flags, api::ExportForm form, ExportOutput& out) {
  const auto place = settled(flags.place);
  const auto log = try_stopped_log(place.data);
  if (log)
    return export_from_data(flags, place, form, **log, out);
  const auto url = log.error().kind == OpenErrorKind::locked ? read_server_url(place.data) : std::nullopt;
  if (!url)
    throw std::runtime_error(place.data + ": " + refusal_of(log.error()));
  export_from_server(flags, place, form, *url, out);
}

}  // namespace

int run_export(const ExportFlags& flags) {
  const auto form = api::enum_named<api::ExportForm>(flags.form);
  if (!form)
    throw std::runtime_error("--form must be ndjson, csv or cloudevents");
  if (!flags.account.empty() && !is_valid_id(flags.account))
    throw std::runtime_error("--account must be an account's id");
  const EndOnSignal end_on_signal;
  ExportOutput out(flags.output);
  export_to(flags, *form, out);
  out.finish();
  return 0;
}

}  // namespace gatehouse::cli
