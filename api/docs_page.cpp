#include "api/docs_page.hpp"

#include <boost/json/parse.hpp>

#include "api/command_docs.hpp"
#include "api/docs_vendor.hpp"
#include "api/docs_webhooks.hpp"
#include "api/html.hpp"
#include "api/media_type.hpp"
#include "api/openapi.hpp"
#include "api/problem_kinds.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

constexpr std::string_view introduction = R"html(<header>
<h1>Gatehouse API</h1>
<p>Governs which apps an account and its members may install. Commands change, queries answer, and every change is an event
in a log that is never rewritten.</p>
<nav aria-label="Sections"><ul>
<li><a href="#start">Start</a></li><li><a href="#conventions">Conventions</a></li><li><a href="#commands">Commands</a></li>
<li><a href="#paths">Paths</a></li><li><a href="#vendor">Vendor</a></li><li><a href="#webhooks">Webhooks</a></li><li><a href="/docs/problems">Problems</a></li><li><a href="/openapi.json">OpenAPI 3.1</a></li>
<li><a href="#help">Help</a></li>
</ul></nav>
</header>
<main>
<h2 id="start">Start</h2>
<p>A first token comes from the machine the server runs on. It opens an account:</p>
<pre><code>TOKEN=$(gatehouse token --data ./data --user operator --scope platform | tail -n 1)
curl http://127.0.0.1:8080/v1/platform/commands -H "Authorization: Bearer $TOKEN" --json '
  {"type": "OpenAccount", "account_id": "acme", "name": "Acme",
   "owner": {"user_id": "owner", "email": "owner@acme.example", "name": "The owner"}}'</code></pre>
<p>From then on the owner acts with a token of the account:</p>
<pre><code>TOKEN=$(gatehouse token --data ./data --account acme --user owner | tail -n 1)
curl http://127.0.0.1:8080/v1/accounts/acme/permissions -H "Authorization: Bearer $TOKEN"</code></pre>
<h2 id="conventions">Conventions</h2>
<p>Bodies are JSON in UTF-8, times RFC 3339 in UTC. Members and parameters that are not known are errors, but for those of the
vendor's and OpenID's dialects. What a user may do
follows from the account's directory at that moment, not from the token.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Header</th><th scope="col">Meaning</th></tr></thead>
<tbody>
<tr><td><code>Idempotency-Key</code></td><td>On commands: the same key and body give the stored answer again, so a command can be
repeated until it is answered.</td></tr>
<tr><td><code>If-Match</code></td><td>On commands: decide only if the resource is still at the version that its
<code>ETag</code> named.</td></tr>
<tr><td><code>If-None-Match</code></td><td>On commands: <code>*</code> makes an account, app, member, role or group only if it is not
there yet. On queries: the <code>ETag</code> that the client has; 304 while it is current.</td></tr>
<tr><td><code>Gatehouse-Position</code></td><td>On answers: the position in the log that the answer includes. Hand it back as
<code>?min_position=</code>.</td></tr>
<tr><td><code>X-Request-Id</code></td><td>On every answer: names the request in the server's log.</td></tr>
<tr><td><code>traceparent</code></td><td>Of a request (W3C Trace Context): the trace that it goes on with, in the server's log, as the
<code>correlation_id</code> of its events, and in their webhooks.</td></tr>
</tbody></table></div>
<p>Reads are linearizable: an answer includes every command acknowledged before the query arrived.
<code>?consistency=eventual</code> never waits. Lists take <code>page_size</code> and <code>next_page_token</code>. Every query
below <code>/v1/accounts</code> takes <code>as_of</code>, a position or a time, and answers as it did then.</p>
<p>A command that is sent with <code>?dry_run=true</code> answers what would happen and appends nothing. Commands marked
<span class="badge">asks for confirmation</span> answer 409 with what they would hit and a token; sent again with that token as
<code>confirmation</code> they run.</p>
)html";

constexpr std::string_view closing = R"html(<h2 id="help">Help</h2>
<p>Each refusal names its code; <a href="/docs/problems">the page of the code</a> says what it means and what to do. For an app,
its own <code>support_url</code> leads to its developer. For the server, tell the operator the value of
<code>X-Request-Id</code>.</p>
</main>
)html";

std::string text_of(const json::value& value) {
  return std::string(value.as_string().data(), value.as_string().size());
}

// What may stand in a member, in a word or two.
std::string type_text(const json::object& schema) {
  if (const auto* names = schema.if_contains("enum")) {
    std::string text;
    for (const auto& name : names->as_array())
      text += (text.empty() ? "" : " | ") + text_of(name);
    return text;
  }
  if (!schema.contains("type"))
    return "";
  const auto type = text_of(schema.at("type"));
  if (type == "array")
    return "list of " + type_text(schema.at("items").as_object());
  if (schema.contains("pattern"))
    return "id";
  if (schema.contains("maxLength"))
    return "text, at most " + std::to_string(schema.at("maxLength").as_int64());
  return type;
}

void append_members(std::string& html, const json::object& schema, const std::string& prefix) {
  const auto* required = schema.if_contains("required");
  for (const auto& [key, value] : schema.at("properties").as_object()) {
    const auto& member = value.as_object();
    const std::string name(key.data(), key.size());
    if (member.contains("const"))
      continue;
    bool needed = false;
    if (required != nullptr) {
      for (const auto& each : required->as_array())
        needed = needed || each == key;
    }
    const auto* description = member.if_contains("description");
    html += "<tr><td><code>" + escape_html(prefix + name) + "</code>" +
            (needed ? "" : " <span class=\"soft\">optional</span>") + "</td><td>" + escape_html(type_text(member)) +
            "</td><td>" + (description != nullptr ? escape_html(text_of(*description)) : "") + "</td></tr>\n";
    if (member.contains("properties"))
      append_members(html, member, prefix + name + ".");
    const auto* items = member.if_contains("items");
    if (items != nullptr && items->as_object().contains("properties"))
      append_members(html, items->as_object(), prefix + name + "[].");
  }
}

std::string link_to_problem(std::string_view code) {
  return "<a href=\"/docs/problems/" + std::string(code) + "\"><code>" + std::string(code) + "</code></a>";
}

void append_refusals(std::string& html, std::span<const RejectionCode> codes, std::string_view also) {
  html += "<details><summary>Refusals</summary><p>May be refused with: ";
  for (const auto code : codes)
    html += (code == codes.front() ? "" : ", ") + link_to_problem(to_text(code));
  if (!also.empty())
    html += ", " + link_to_problem(also);
  html += ".</p></details>\n";
}

void append_command(std::string& html, const CommandDoc& doc) {
  const auto name = escape_html(doc.name);
  html += "<article id=\"" + name + "\">\n<h3><a href=\"#" + name + "\">" + name + "</a>";
  if (doc.needs_confirmation)
    html += " <span class=\"badge\">asks for confirmation</span>";
  html += "</h3>\n<p>" + escape_html(doc.summary) + "</p>\n<p class=\"soft\">Who: " + escape_html(doc.who) +
          ". Door: " +
          (doc.platform_door ? std::string(doc.account_door ? "platform, or account" : "platform") : "account") + ".";
  if (!doc.result.empty())
    html += " Result: <code>" + escape_html(doc.result) + "</code>.";
  html +=
      "</p>\n<details><summary>Members</summary><div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Member</th>"
      "<th scope=\"col\">Value</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n";
  std::string schema;
  doc.append_input_schema(schema);
  append_members(html, json::parse(schema).as_object(), "");
  html += "</tbody></table></div></details>\n";
  append_refusals(html, doc.refusals(), doc.also_refused);
  html += "</article>\n";
}

// What Accept may ask for, where there is a choice.
void append_forms(std::string& html, const Route& route) {
  if (route.other_media_types.empty() && route.stream_event.empty())
    return;
  html += "<details><summary>Forms</summary><div class=\"scroll\"><table><tbody>\n";
  const auto append = [&](std::string_view type, std::string_view meaning) {
    html += "<tr><td><code>" + escape_html(type) + "</code></td><td>" + escape_html(meaning) + "</td></tr>\n";
  };
  append(route.media_type, "Unless Accept prefers another one.");
  for (const auto& form : route.other_media_types)
    append(form.type, form.meaning);
  if (!route.stream_event.empty())
    append(event_stream_type, what_is_followed(route));
  html += "</tbody></table></div></details>\n";
}

void append_route(std::string& html, const Route& route) {
  const auto name = escape_html(route.name);
  const bool is_get = route.method == "GET";
  html += "<article id=\"" + name + "\">\n<h3><span class=\"verb " + (is_get ? "get" : "post") + "\">" +
          std::string(route.method) + "</span><code class=\"path\">" + escape_html(route.path) + "</code></h3>\n<p>" +
          escape_html(route.summary) + "</p>\n<p class=\"soft\">Who: " + escape_html(who_may_call(route)) + ".</p>\n";
  auto parameters = parameters_of(route);
  for (const auto& header : route.headers)
    parameters.push_back(&header);
  if (!parameters.empty()) {
    html += "<details><summary>Parameters</summary><div class=\"scroll\"><table><tbody>\n";
    for (const auto* spec : parameters) {
      html += "<tr><td><code>" + escape_html(spec->name) + "</code></td><td>" + escape_html(spec->meaning);
      for (const auto choice : spec->choices)
        html += " <code>" + escape_html(choice) + "</code>";
      html += "</td></tr>\n";
    }
    html += "</tbody></table></div></details>\n";
  }
  append_forms(html, route);
  html += "<details><summary>Problems</summary><p>";
  if (route.dialect == Dialect::zoom)
    html += "In <a href=\"#vendor\">the vendor's form</a>, and what the rules refuse: ";
  for (const auto code : errors_of(route))
    html += link_to_problem(code) + " ";
  html += "</p></details>\n</article>\n";
}

}  // namespace

std::string docs_page(const std::vector<Route>& routes) {
  std::string html(introduction);
  html += "<h2 id=\"commands\">Commands</h2>\n<p>Sent to one of the two doors as <code>{\"type\": \"...\", "
          "...}</code>, or up to 100 of "
          "them, all or none, as <code>{\"commands\": [...]}</code>. The answer comes only when the events would "
          "survive a power "
          "cut.</p>\n";
  for (const auto& doc : command_docs())
    append_command(html, doc);
  html += "<h2 id=\"paths\">Paths</h2>\n";
  for (const auto& route : routes)
    append_route(html, route);
  html += vendor_chapter;
  html += webhooks_chapter();
  html += closing;
  return html_page("Gatehouse API", html);
}

}  // namespace gatehouse::api
