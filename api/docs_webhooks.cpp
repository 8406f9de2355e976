#include "api/docs_webhooks.hpp"

#include "domain/webhook_event_types.hpp"
#include "events/event.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view guide = R"html(<h2 id="webhooks">Webhooks</h2>
<p><code>RegisterWebhook</code> makes an endpoint: an account's hears what happens on the account, an app's (with
<code>app_id</code>) hears <code>app_deauthorized</code> on every account and what happens to the app in the catalogue. Its secret
stands at <code>.../webhooks/{endpoint_id}/secret</code>. The endpoint is challenged at once and every 72 hours, and messages wait until
it has answered. A receiver that needs the secret for its answer fails the first challenge: give it the secret, then send
<code>ValidateWebhook</code>. Six failures in a row disable an endpoint.</p>
<p>Messages are posted one at a time, in the order of the log for each endpoint and account, at least once, under an id that
stays. Any 2xx is success; redirects are not followed. A message that fails holds what follows until it is delivered or given up;
an answered <code>ValidateWebhook</code> or <code>EnableWebhook</code> brings its next attempt forward. 410 disables the endpoint. Addresses
must be public and https, or in a network that the operator allows.</p>
<div class="scroll"><table>
<thead><tr><th scope="col"></th><th scope="col">Scheme <code>standard</code> (Standard Webhooks 1.0)</th><th scope="col">Scheme
<code>zoom</code></th></tr></thead>
<tbody>
<tr><td>Headers</td><td><code>webhook-id</code>, <code>webhook-timestamp</code>, <code>webhook-signature</code></td>
<td><code>x-zm-request-id</code>, <code>x-zm-request-timestamp</code>, <code>x-zm-signature</code></td></tr>
<tr><td>Signature</td><td><code>v1,</code> and base64 of HMAC-SHA-256 over <code>id.timestamp.body</code>; the key is what stands
in base64 after <code>whsec_</code>. Two, with a space between, for 24 hours after a rotation.</td><td><code>v0=</code> and hex of
HMAC-SHA-256 over <code>v0:timestamp:body</code>; the key is the secret's text.</td></tr>
<tr><td>Time for the answer</td><td>20 seconds</td><td>3 seconds</td></tr>
<tr><td>Tried again</td><td>after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours, whatever the failure</td><td>after 5, 20
and 60 minutes when there was no answer, 429 or 5xx</td></tr>
</tbody></table></div>
<p>The challenge of scheme <code>standard</code> is a signed message that any 2xx answers, the vendor's is answered with 200 and a keyed hash:</p>
<pre><code>{"type":"endpoint.url_validation","timestamp":1795830871365,"data":{}}

{"event":"endpoint.url_validation","event_ts":1795830871365,"payload":{"plainToken":"qVb8sHMvSX"}}
{"plainToken":"qVb8sHMvSX","encryptedToken":"hex of HMAC-SHA-256(secret, plainToken)"}</code></pre>
<p>Pauses are a fifth longer or shorter, and as long as <code>Retry-After</code> where that is longer, up to a day. <code>app_deauthorized</code> and
<code>app.authorization_request_created</code> have the vendor's form; <code>signature</code> in the former is hex of HMAC-SHA-256, with the
endpoint's secret, over <code>client_id</code>, <code>account_id</code>, <code>user_id</code> and <code>deauthorization_time</code> without anything in
between. All others are CloudEvents 1.0 in structured mode, with the event's data as the history has it; <code>appgov.*</code> is all of those
that the endpoint can hear. Messages go on with the trace of the request that the event comes of, by <code>traceparent</code>
(W3C Trace Context). An endpoint does not hear what is done to itself.</p>
)html";

void append_types(std::string& html, std::string_view heading, bool of_app) {
  html.append("<details><summary>").append(heading).append("</summary><p>");
#define GATEHOUSE_TYPE_IF_HEARD(number, Type, version) \
  if (const auto type = cloud_event_type(#Type); is_webhook_event_type(type, of_app)) \
    html.append("<code>").append(type).append("</code> ");
  GATEHOUSE_EVENTS(GATEHOUSE_TYPE_IF_HEARD)
#undef GATEHOUSE_TYPE_IF_HEARD
  html += "</p></details>\n";
}

}  // namespace

std::string webhooks_chapter() {
  std::string html(guide);
  append_types(html, "CloudEvents that an account's endpoint can hear", false);
  append_types(html, "CloudEvents that an app's endpoint can hear", true);
  return html;
}

}  // namespace gatehouse::api
