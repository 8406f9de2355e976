#include "tests/system/marketplace.hpp"

#include <stdexcept>

namespace gatehouse::system_test {

namespace {

void must(ApiClient& client, std::string_view token, std::string_view target, const std::string& body) {
  const auto answer = client.post(token, target, body);
  if (answer.status != 200) throw std::runtime_error(body.substr(0, 200) + " was answered by " + answer.head + answer.body);
}

std::string member(std::string_view user, std::string_view role) {
  auto body = R"({"type":"AddMember","user_id":")" + std::string(user) + R"(","email":")" + std::string(user) + R"(@example.com")";
  if (!role.empty()) body.append(R"(,"role":")").append(role).append("\"");
  return body + "}";
}

}  // namespace

std::string sample_manifest(std::string_view name) {
  return read_text(std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "catalogue" / "manifests" / (std::string(name) + ".json"));
}

Tokens open_marketplace(const ServerProcess& server) {
  Tokens tokens{{"platform", server.token("", "market", "platform")}};
  for (const auto* service : {"directory", "auditor", "ops"}) tokens[service] = server.token("acme", service, service);
  for (const auto* user : {"owner", "admin", "viewer"}) tokens[user] = server.token("acme", user);
  for (const auto user : users) tokens[std::string(user)] = server.token("acme", user);

  ApiClient client(server.port());
  const auto& platform = tokens["platform"];
  for (const auto& [app, manifest] : {std::pair("notes", "meeting-notes"), std::pair("calendar", "calendar-companion")}) {
    must(client, platform, platform_commands,
         R"({"type":"RegisterApp","app_id":")" + std::string(app) + R"(","developer":{"kind":"third_party"},"manifest":)" +
             sample_manifest(manifest) + "}");
    must(client, platform, platform_commands, R"({"type":"ActivateApp","app_id":")" + std::string(app) + R"("})");
    must(client, platform, platform_commands, R"({"type":"PublishApp","listed":true,"app_id":")" + std::string(app) + R"("})");
  }
  must(client, platform, platform_commands,
       R"({"type":"OpenAccount","account_id":"acme","name":"Acme",)"
       R"("owner":{"user_id":"owner","email":"owner@example.com","name":"The owner"}})");
  must(client, tokens["owner"], account_commands,
       R"({"type":"DefineRole","role":{"id":"app-viewer","name":"App viewer","privileges":["MarketPlace:Read"]}})");
  must(client, tokens["owner"], account_commands, member("admin", "admin"));
  must(client, tokens["owner"], account_commands, member("viewer", "app-viewer"));
  for (const auto user : users) must(client, tokens["owner"], account_commands, member(user, ""));
  must(client, tokens["owner"], account_commands,
       R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  return tokens;
}

}  // namespace gatehouse::system_test
