// Z11 and Z12: is this manifest a good one, and which one does the app have.
#include "api/manifest_reader.hpp"
#include "api/zoom/app_json.hpp"
#include "api/zoom/body.hpp"
#include "api/zoom/queries.hpp"
#include "domain/catalogue_door.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse::api::zoom {

namespace {

tl::expected<AppRow, Problem> own_app_of(const QueryContext& context, std::string_view app_id) {
  auto app = is_valid_id(app_id) ? own_app(context.state, AppId{app_id}) : tl::unexpected(Rejection{});
  if (!app)
    return tl::unexpected(
        make_problem("app_not_found", "There is no such app of this account.").with("app_id", app_id));
  return std::move(*app);
}

std::vector<ReadError> errors_in(const QueryContext& context, const boost::json::value& manifest,
                                 const std::optional<AppRow>& app) {
  auto read = make_manifest_reader(context.log)(manifest);
  if (!read)
    return std::move(read.error());
  if (!app || app->facts.level == read->input.facts.level)
    return {};
  return {{.pointer = "/oauth_information/usage",
           .code = "invalid_value",
           .detail = "An app stays user-level or account-level.",
           .setting = "/oauth_information/usage"}};
}

void append_verdict(std::string& out, const std::vector<ReadError>& found) {
  ObjectWriter object(out);
  object.member("ok", found.empty()).member("error", found.empty() ? "" : "invalid_manifest");
  auto& list = object.key("errors");
  if (found.empty()) {
    list.append("null");
    return;
  }
  ArrayWriter errors(list);
  for (const auto& error : found)
    ObjectWriter(errors.next()).member("message", error.detail).member("setting", error.setting);
}

}  // namespace

QueryResult validate_manifest(const QueryContext& context) {
  const auto body = read_object(context.body);
  if (!body)
    return tl::unexpected(body.error());
  const auto* manifest = body->if_contains("manifest");
  if (manifest == nullptr || !manifest->is_object())
    return tl::unexpected(invalid_member("/manifest", "Must be a manifest."));
  std::optional<AppRow> app;
  if (body->contains("app_id")) {
    const auto app_id = text_of(*body, "app_id");
    if (!app_id)
      return tl::unexpected(invalid_member("/app_id", "Must be an app's id."));
    auto own = own_app_of(context, *app_id);
    if (!own)
      return tl::unexpected(std::move(own.error()));
    app = std::move(*own);
  }
  QueryAnswer answer;
  append_verdict(answer.body, errors_in(context, *manifest, app));
  return answer;
}

QueryResult export_manifest(const QueryContext& context) {
  const auto app_id = context.path.at("app_id");
  if (auto app = own_app_of(context, app_id); !app)
    return tl::unexpected(std::move(app.error()));
  auto answer = answer_of(context);
  ObjectWriter(answer.body).key("manifest").append(*context.state.rows().get(state_keys::manifest(AppId{app_id})));
  return answer;
}

}  // namespace gatehouse::api::zoom
