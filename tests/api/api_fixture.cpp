#include "tests/api/api_fixture.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

#include "api/manifest_reader.hpp"
#include "identity/base64url.hpp"
#include "identity/digest.hpp"
#include "identity/mint.hpp"

namespace gatehouse::api {
namespace {

// The follower of the past gets what the other threads of a busy machine leave.
constexpr std::chrono::seconds patience{60};

std::string mac(std::string_view message) {
  static const std::vector<std::uint8_t> secret(32, 7);
  return identity::base64url_encode(identity::hmac_sha256(secret, message));
}

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

void HeldGate::release() {
  held_ = false;
  tell(true);
}

void HeldGate::let_expire() { tell(false); }

std::size_t HeldGate::waiting() {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void HeldGate::tell(bool reached) {
  std::vector<std::function<void(bool)>> told;
  {
    const std::lock_guard lock(mutex_);
    told.swap(waiting_);
  }
  for (auto& done : told)
    done(reached);
}

std::optional<ProjectionView> HeldGate::view(std::string_view projection) const {
  auto view = gate_->view(projection);
  if (view && held_)
    view->position = {};
  return view;
}

void HeldGate::wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                        std::function<void(bool)> done) {
  if (!held_)
    return gate_->wait_for(projection, position, deadline, std::move(done));
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(done));
}

ApiFixture::ApiFixture(const authzen::Policy* policy, transparency::Cosigner* cosigner)
    : follower(log, projections), gate(follower), confirmations(mac),
      commands(log, ids, confirmations, wall_clock, {.keys = keys.get()}), verifier({key.as_issuer()}),
      lines(std::make_shared<spdlog::logger>("api", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines_text)),
            StructuredLog::Format::json),
      tree({log, projections, commands, log_signer, cosigner}, {}),
      application({.log = log,
                   .commands = commands,
                   .verifier = verifier,
                   .signing_key = key,
                   .webhook_secrets = webhook_secrets,
                   .tree = tree,
                   .projections = gate,
                   .keys = keys.get(),
                   .lines = &lines,
                   .log_level = &log_level},
                  {.clock = wall_clock,
                   .read_manifest = make_manifest_reader(log),
                   .page_secret = identity::Secret(std::vector<std::uint8_t>(32, 9)),
                   .policy = policy,
                   .projection_wait = patience}),
      server({.refusal_response = [this](const auto& refusal, const auto& head,
                                         std::string_view id) { return application.refusal(refusal, head, id); },
              .refuse_large_body = [this](const auto& head,
                                          std::string_view id) { return application.refuse_large_body(head, id); }},
             [this](http::Request request, http::Respond respond) {
               application.handle(std::move(request), std::move(respond));
             }),
      platform(token("operator", "", "platform")), owner(token("olga", "acme")) {
  follower.start();
  commands.start();
  [[maybe_unused]] const auto grows = tree.start();
  server.start();
}

ApiFixture::~ApiFixture() {
  gate.release();
  application.begin_stop();
  server.stop();
  server.wait();
  tree.stop();
  commands.stop();
  follower.stop();
}

std::string ApiFixture::token(std::string_view subject, std::string_view account, std::string_view scopes) {
  std::set<std::string, std::less<>> granted;
  std::istringstream words{std::string(scopes)};
  for (std::string word; words >> word;)
    granted.insert(word);
  const identity::UnixSeconds now{std::chrono::seconds{wall_clock().unix_ms / 1'000}};
  const auto of_account = account.empty() ? std::nullopt : std::optional<std::string>(account);
  return identity::mint(key,
                        identity::own_claims(std::string(subject), of_account, granted, now, std::chrono::hours{1}));
}

http::Answer ApiFixture::call(std::string_view method, std::string_view target, std::string_view bearer,
                              std::string_view body, const Headers& headers) {
  std::ostringstream request;
  request << method << " " << target << " HTTP/1.1\r\nHost: localhost\r\n";
  if (!bearer.empty())
    request << "Authorization: Bearer " << bearer << "\r\n";
  bool typed = false;
  for (const auto& [name, value] : headers) {
    typed = typed || name == "Content-Type";
    request << name << ": " << value << "\r\n";
  }
  if (!body.empty() || method == "POST" || method == "PATCH" || method == "PUT") {
    if (!typed)
      request << "Content-Type: application/json\r\n";
    request << "Content-Length: " << body.size() << "\r\n";
  }
  request << "\r\n" << body;
  http::RawClient client(server.port());
  client.send(request.str());
  return client.receive_answer(method == "HEAD");
}

http::Answer ApiFixture::command_as(std::string_view bearer, std::string_view body, const Headers& headers) {
  return call("POST", "/v1/accounts/acme/commands", bearer, body, headers);
}

http::Answer ApiFixture::platform_command(std::string_view body, const Headers& headers) {
  return call("POST", "/v1/platform/commands", platform, body, headers);
}

void ApiFixture::open_account() {
  const auto manifest = read_file(GATEHOUSE_SOURCE_DIR "/catalogue/manifests/meeting-notes.json");
  const std::vector<std::string> steps{
      R"({"type":"OpenAccount","account_id":"acme","name":"Acme","owner":{"user_id":"olga","email":"olga@acme.example","name":"Olga"}})",
      R"({"type":"RegisterApp","app_id":"notes","developer":{"kind":"platform"},"manifest":)" + manifest + "}",
      R"({"type":"ActivateApp","app_id":"notes"})", R"({"type":"PublishApp","app_id":"notes","listed":true})"};
  for (const auto& step : steps) {
    const auto answer = platform_command(step);
    ASSERT_EQ(answer.status, 200U) << answer.body;
  }
}

boost::json::value json_of(const http::Answer& answer) {
  boost::system::error_code error;
  auto value = boost::json::parse(answer.body, error);
  return error ? boost::json::value() : value;
}

std::string code_of(const http::Answer& answer) {
  const auto body = json_of(answer);
  if (!body.is_object() || !body.as_object().contains("code"))
    return "";
  return std::string(body.at("code").as_string());
}

}  // namespace gatehouse::api
