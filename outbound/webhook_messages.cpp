#include "outbound/webhook_messages.hpp"

#include <boost/json/parse.hpp>

#include "outbound/webhook_plan.hpp"

namespace gatehouse::outbound {

namespace {

namespace json = boost::json;

constexpr std::string_view vendor_user_agent = "Zoom Marketplace/1.0a";
constexpr std::string_view our_user_agent = "Gatehouse/1.0";
constexpr std::int64_t milliseconds_per_second = 1'000;
constexpr std::uint32_t ok = 200;

std::string header(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value);
}

void add_standard_headers(WebhookRequest& request, const EndpointName& name, const EndpointRow& endpoint,
                          const WebhookSecrets& secrets, const std::string& message_id, Timestamp now) {
  const auto seconds = now.unix_ms / milliseconds_per_second;
  const auto sign = [&](std::uint32_t generation) {
    return standard_signature(secrets.text(name.endpoint_id, generation, endpoint.scheme), message_id, seconds,
                              request.body);
  };
  auto signatures = sign(endpoint.generation);
  if (previous_secret_counts(endpoint, now))
    signatures += " " + sign(endpoint.generation - 1);
  request.headers.push_back(header("webhook-id", message_id));
  request.headers.push_back(header("webhook-timestamp", std::to_string(seconds)));
  request.headers.push_back(header("webhook-signature", signatures));
  request.headers.push_back(header("User-Agent", our_user_agent));
}

void add_vendor_headers(WebhookRequest& request, const EndpointName& name, const EndpointRow& endpoint,
                        const WebhookSecrets& secrets, const std::string& message_id, Timestamp now) {
  const auto seconds = now.unix_ms / milliseconds_per_second;
  const auto secret = secrets.text(name.endpoint_id, endpoint.generation, endpoint.scheme);
  request.headers.push_back(header("x-zm-request-id", message_id));
  request.headers.push_back(header("x-zm-request-timestamp", std::to_string(seconds)));
  request.headers.push_back(header("x-zm-signature", zoom_signature(secret, seconds, request.body)));
  request.headers.push_back(header("User-Agent", vendor_user_agent));
}

}  // namespace

bool previous_secret_counts(const EndpointRow& endpoint, Timestamp now) {
  const auto age = std::chrono::milliseconds(now.unix_ms - endpoint.rotated_at.unix_ms);
  return endpoint.scheme == SignatureScheme::standard && endpoint.generation > 1 && age < previous_secret_lifetime;
}

WebhookRequest webhook_request(const EndpointName& name, const EndpointRow& endpoint, const WebhookSecrets& secrets,
                               const std::string& message_id, WebhookBody body, Timestamp now) {
  const bool vendor = endpoint.scheme == SignatureScheme::zoom;
  WebhookRequest request;
  request.url = endpoint.url;
  request.body = std::move(body.text);
  request.timeout = vendor ? std::chrono::milliseconds(zoom_timeout) : std::chrono::milliseconds(standard_timeout);
  request.headers.push_back(header("Content-Type", body.content_type));
  if (vendor)
    add_vendor_headers(request, name, endpoint, secrets, message_id, now);
  else
    add_standard_headers(request, name, endpoint, secrets, message_id, now);
  return request;
}

WebhookRequest challenge_request(const EndpointName& name, const EndpointRow& endpoint, const WebhookSecrets& secrets,
                                 const std::string& plain_token, Timestamp now) {
  const auto time = std::to_string(now.unix_ms);
  WebhookBody body{.content_type = "application/json", .text = {}};
  if (endpoint.scheme == SignatureScheme::zoom) {
    body.text = R"({"event":"endpoint.url_validation","event_ts":)" + time + R"(,"payload":{"plainToken":")" +
                plain_token + R"("}})";
  } else {
    body.text = R"({"type":"endpoint.url_validation","timestamp":)" + time + R"(,"data":{}})";
  }
  return webhook_request(name, endpoint, secrets, "msg_" + plain_token, std::move(body), now);
}

std::string challenge_fault(const EndpointName& name, const EndpointRow& endpoint, const WebhookSecrets& secrets,
                            const std::string& plain_token, const WebhookAnswer& answer) {
  if (answer.status == 0)
    return answer.reason;
  if (!is_delivered(answer))
    return "the answer's status is " + std::to_string(answer.status);
  if (endpoint.scheme == SignatureScheme::standard)
    return {};
  if (answer.status != ok)
    return "the answer's status is not 200";
  boost::system::error_code error;
  const auto parsed = json::parse(answer.body, error);
  const auto member_is = [&](std::string_view member, const std::string& text) {
    const auto* value =
        parsed.is_object() ? parsed.get_object().if_contains(json::string_view(member.data(), member.size())) : nullptr;
    return value != nullptr && value->is_string() && value->get_string() == text;
  };
  const auto hash = zoom_hash(secrets.text(name.endpoint_id, endpoint.generation, endpoint.scheme), plain_token);
  if (error || !member_is("plainToken", plain_token))
    return "the answer is no JSON that repeats plainToken";
  return member_is("encryptedToken", hash) ? std::string() : "encryptedToken is not the token's hash with the secret";
}

}  // namespace gatehouse::outbound
