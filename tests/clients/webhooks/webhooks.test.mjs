// Webhooks to real receivers: the vendor's own client, and Standard Webhooks' library.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HttpReceiver, MarketplaceS2SAuthClient } from "@zoom/rivet/marketplace";
import { Webhook } from "standardwebhooks";
import { startAcme } from "../gatehouse.mjs";
import { startReceiver, until } from "../receiver.mjs";

let folder, acme;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-webhooks-"));
  writeFileSync(join(folder, "gatehouse.toml"), '[webhooks]\nallow = ["127.0.0.1"]\n');
  acme = await startAcme(["--config", join(folder, "gatehouse.toml")]);
  await acme.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
});
after(async () => {
  await acme?.stop();
  rmSync(folder, { recursive: true });
});

const get = async (path) => (await acme.call("GET", `/v1/accounts/acme/webhooks${path}`, acme.owner)).body;
const register = async (body) => (await acme.as_owner({ type: "RegisterWebhook", ...body })).result.endpoint_id;
const becomes = (id, status) => until(() => get(`/${id}`), (endpoint) => endpoint.status === status);
const active = async (body) => {
  const id = await register(body);
  await becomes(id, "active");
  return { id, secret: (await get(`/${id}/secret`)).secret };
};
// Commands that ask whether they are meant.
const confirmed = async (user, body) => {
  const bearer = acme.token({ user, account: "acme" });
  const asked = await acme.call("POST", "/v1/accounts/acme/commands", bearer, body);
  return acme.command(bearer, "accounts/acme", { ...body, confirmation: asked.body.confirmation_token });
};
const remove = (id) => acme.as_owner({ type: "RemoveWebhook", endpoint_id: id });
const deliveries = (id) => get(`/${id}/deliveries`);

test("the vendor's receiver takes its events, the challenge included", async () => {
  const probe = await startReceiver(); // a free port
  await probe.close();
  const id = await register({
    url: `http://127.0.0.1:${probe.port}/zoom/events`, scheme: "zoom",
    event_types: ["app_deauthorized", "app.authorization_request_created"],
  });
  await until(() => get(`/${id}`), (endpoint) => endpoint.validation_failures === 1);
  const { secret } = await get(`/${id}/secret`);
  const client = new MarketplaceS2SAuthClient({
    clientId: "none", clientSecret: "none", accountId: "acme", receiver: new HttpReceiver({ webhooksSecretToken: secret, port: probe.port }),
  });
  const heard = [];
  for (const name of ["app_deauthorized", "app.authorization_request_created"])
    client.webEventConsumer.event(name, (event) => heard.push(event));
  const server = await client.start();
  await acme.as_owner({ type: "ValidateWebhook", endpoint_id: id });
  await becomes(id, "active");

  const reason = "wöchentlich \"/\\ \u2028 \t 😀 <b>";
  await acme.as_user("mia", { type: "RequestPreApproval", app_id: "notes", reason });
  await until(() => heard, () => heard.length === 1);
  assert.equal(heard[0].event, "app.authorization_request_created");
  assert.equal(heard[0].payload.request_reason, reason);
  assert.equal(heard[0].payload.requester_name, "Mia");
  assert.equal(heard[0].payload.app_name, "Notes");
  assert.equal(heard[0].payload.app_status, "published");

  await acme.as_owner({ type: "GrantPreApproval", app_id: "notes", audience: "everyone" });
  await acme.as_user("mia", { type: "Install", app_id: "notes" });
  await confirmed("mia", { type: "Uninstall", app_id: "notes", target: "self" });
  await until(() => heard, () => heard.length === 2);
  assert.equal(heard[1].event, "app_deauthorized");
  assert.equal(heard[1].payload.account_id, "acme");
  assert.equal(heard[1].payload.user_id, "mia");
  assert.match(heard[1].payload.signature, /^[0-9a-f]{64}$/);
  server.close();
  await remove(id);
});

test("an app's endpoint hears of each installation that ends, of those who had it with everyone as well", async () => {
  const receiver = await startReceiver();
  const platform = (body) => acme.command(acme.platform, "platform", body);
  const { result } = await platform({ type: "RegisterWebhook", app_id: "notes", url: receiver.url, event_types: ["app_deauthorized"] });
  const at = `/v1/platform/webhooks/${result.endpoint_id}`;
  await until(async () => (await acme.call("GET", at, acme.platform)).body, (endpoint) => endpoint.status === "active");
  const { secret } = (await acme.call("GET", `${at}/secret`, acme.platform)).body;

  // Deactivated, a member has it again on returning; removed, or uninstalled for the account, it is gone. Who left before never had it.
  for (const user of ["dee", "del", "dot"])
    await acme.as_owner({ type: "AddMember", user_id: user, email: `${user}@acme.example` });
  await acme.as_owner({ type: "DeactivateMember", user_id: "dot" });
  await acme.as_owner({ type: "AddAppForUsers", app_id: "notes", audience: "everyone" });
  for (const user of ["dee", "del"])
    await acme.as_owner({ type: "DeactivateMember", user_id: user });
  for (const user of ["dee", "dot"])
    await acme.as_owner({ type: "RemoveMember", user_id: user });
  await confirmed("olga", { type: "Uninstall", app_id: "notes", target: "account" });
  const users = [];
  for (let count = 0; count < 5; ++count) {
    const { headers, body } = await receiver.next();
    const message = new Webhook(secret).verify(body, headers);
    assert.equal(message.event, "app_deauthorized");
    users.push(message.payload.user_id);
  }
  assert.deepEqual(users, ["dee", "del", "max", "mia", "olga"]);
  assert.equal((await acme.call("GET", `/v1/accounts/acme/webhooks/${result.endpoint_id}`, acme.owner)).status, 404);
  await platform({ type: "RemoveWebhook", endpoint_id: result.endpoint_id });
  await receiver.close();
});

test("an account's endpoint hears every event as a CloudEvent, in order, under stable ids", async () => {
  const receiver = await startReceiver();
  const { id, secret } = await active({ url: receiver.url, event_types: ["appgov.*"] });
  const names = Array.from({ length: 20 }, (_, number) => `Group ${number}`);
  for (const name of names) await acme.as_owner({ type: "CreateGroup", group_id: "fun", name });
  let last = "";
  for (const name of names) {
    const { headers, body } = await receiver.next();
    const event = new Webhook(secret).verify(body, headers);
    assert.equal(headers["content-type"], "application/cloudevents+json");
    assert.equal(event.specversion, "1.0");
    assert.match(event.type, /^appgov\.group_(created|renamed)\.v1$/);
    assert.equal(event.source, "/accounts/acme");
    assert.equal(event.data.name, name);
    assert.equal(event.authid, "olga");
    assert.ok(event.sequence > last);
    last = event.sequence;
  }
  const page = await until(() => deliveries(id), ({ items }) => items.length === 20);
  assert.equal(page.items[0].status, "delivered");
  assert.equal(page.items[0].attempts[0].status, 204);

  await acme.as_owner({ type: "ResendWebhook", endpoint_id: id, message_id: page.items[3].message_id });
  const again = await until(() => receiver.next(), ({ headers }) => headers["webhook-id"] === page.items[3].message_id);
  assert.equal(again.json.sequence.padStart(20, "0"), String(page.items[3].event_position).padStart(20, "0"));
  await until(() => get(`/${id}`), ({ waiting }) => waiting === 0);
  const unknown = await acme.call("POST", "/v1/accounts/acme/commands", acme.owner, { type: "ResendWebhook", endpoint_id: id, message_id: "msg_none" });
  assert.equal(unknown.body.code, "webhook_message_not_found");
  await remove(id);
  await receiver.close();
});

test("a webhook goes on with the trace of the request that it comes of", async () => {
  const receiver = await startReceiver();
  const { id } = await active({ url: receiver.url, event_types: ["appgov.group_renamed.v1"] });
  const trace = "0af7651916cd43dd8448eb211c80319c";
  const body = { type: "CreateGroup", group_id: "fun", name: "Traced" };
  const answer = await acme.call("POST", "/v1/accounts/acme/commands", acme.owner, body, { traceparent: `00-${trace}-b7ad6b7169203331-00` });
  assert.equal(answer.status, 200);
  const { headers, json } = await receiver.next();
  assert.match(headers.traceparent, new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  assert.ok(!headers.traceparent.includes("b7ad6b7169203331"));
  assert.equal(Buffer.from(json.correlationid, "base64url").toString("hex"), trace);
  await remove(id);
  await receiver.close();
});

test("after a rotation both secrets verify", async () => {
  const receiver = await startReceiver();
  const { id, secret } = await active({ url: receiver.url, event_types: ["appgov.user_install_block_changed.v1"] });
  await acme.as_owner({ type: "RotateWebhookSecret", endpoint_id: id });
  const now = await get(`/${id}/secret`);
  assert.equal(now.previous_secret, secret);
  assert.equal((await acme.call("GET", `/v1/accounts/acme/webhooks/${id}/secret`, acme.owner)).headers.get("cache-control"), "no-store");
  await acme.as_owner({ type: "SetUserInstallBlock", blocked: true });
  const { headers, body } = await receiver.next();
  new Webhook(secret).verify(body, headers);
  new Webhook(now.secret).verify(body, headers);
  assert.equal((await acme.call("GET", `/v1/accounts/acme/webhooks/${id}/secret`, acme.token({ user: "mia", account: "acme" }))).status, 403);
  await acme.as_owner({ type: "SetUserInstallBlock", blocked: false });
  await remove(id);
  await receiver.close();
});

test("a failure is tried again after what the receiver asks for, a 410 disables, and what was due goes out when it is enabled", async () => {
  let status = 503;
  const receiver = await startReceiver(({ json }) => ({ status: json.type === "endpoint.url_validation" ? 200 : status, headers: { "retry-after": "120" } }));
  const { id } = await active({ url: receiver.url, event_types: ["appgov.group_created.v1"] });
  await acme.as_owner({ type: "CreateGroup", group_id: "one", name: "One" });
  const first = await receiver.next();
  const { items: [tried] } = await until(() => deliveries(id), ({ items }) => items.length === 1);
  assert.equal(tried.status, "retrying");
  assert.equal(tried.attempts[0].status, 503);
  const pause = Date.parse(tried.retry_at) - Date.parse(tried.attempts[0].at);
  assert.ok(pause > 90_000 && pause < 150_000, `it is tried again after ${pause} ms`);
  // Who has mended his receiver need not wait.
  status = 204;
  await acme.as_owner({ type: "ValidateWebhook", endpoint_id: id });
  assert.equal((await receiver.next()).headers["webhook-id"], first.headers["webhook-id"]);
  await remove(id);

  status = 410;
  const other = await active({ url: receiver.url, event_types: ["appgov.group_created.v1"] });
  await acme.as_owner({ type: "CreateGroup", group_id: "two", name: "Two" });
  const gone = await receiver.next();
  assert.notEqual(gone.headers["webhook-id"], first.headers["webhook-id"]);
  assert.equal((await becomes(other.id, "disabled")).disabled_cause, "gone");
  await acme.as_owner({ type: "CreateGroup", group_id: "three", name: "Three" });
  status = 204;
  await acme.as_owner({ type: "EnableWebhook", endpoint_id: other.id });
  assert.equal((await receiver.next()).headers["webhook-id"], gone.headers["webhook-id"]);
  await becomes(other.id, "active");
  await until(() => get(`/${other.id}`), ({ waiting }) => waiting === 0);
  await remove(other.id);
  await receiver.close();
});

test("nothing goes to an address that is not allowed, and no redirect is followed", async () => {
  const inside = await startReceiver();
  const redirecting = await startReceiver(() => ({ status: 302, headers: { location: inside.url } }));
  const fails = async (url, reason) => {
    const id = await register({ url, event_types: ["appgov.*"] });
    const endpoint = await until(() => get(`/${id}`), (shown) => shown.validation_failures === 1);
    assert.match(endpoint.validation_reason, reason);
    await remove(id);
  };
  await fails(redirecting.url, /status is 302/);
  await fails(`http://localhost.localdomain:${inside.port}`, /not allowed|resolve/);
  await fails(`http://[::1]:${inside.port}`, /not allowed/);
  await fails("http://127.0.0.2:9/", /not allowed/);
  await fails("https://169.254.169.254/latest/meta-data", /not allowed/);
  await fails("https://10.1.2.3/", /not allowed/);
  await fails("https://[::ffff:10.1.2.3]/", /not allowed/);
  assert.equal(inside.requests.length, 0);
  for (const url of ["ftp://example.com", "https://user:secret@example.com/", "/relative", "https://example.com/#part", "https:///x"]) {
    const refused = await acme.call("POST", "/v1/accounts/acme/commands", acme.owner, { type: "RegisterWebhook", url, event_types: ["appgov.*"] });
    assert.equal(refused.status, 422, url);
    assert.equal(refused.body.errors[0].pointer, "/url");
  }
  await Promise.all([inside.close(), redirecting.close()]);
});

test("endpoints are listed page by page", async () => {
  const ids = [];
  for (const path of ["a", "b", "c"]) ids.push(await register({ url: `https://192.0.2.1/${path}`, event_types: ["appgov.*"] }));
  const first = await get("?page_size=2");
  assert.equal(first.items.length, 2);
  const second = await get(`?page_size=2&next_page_token=${encodeURIComponent(first.next_page_token)}`);
  assert.equal(second.next_page_token, "");
  assert.deepEqual([...first.items, ...second.items].map(({ endpoint_id }) => endpoint_id), ids.sort());
  for (const id of ids) await remove(id);
});

test("what an endpoint may hear is what there is", async () => {
  const ask = (body) => acme.call("POST", "/v1/accounts/acme/commands", acme.owner, { type: "RegisterWebhook", url: "https://example.com", ...body });
  const wrong = await ask({ event_types: ["appgov.app_installed.v1", "appgov.nothing.v1"] });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.errors[0].pointer, "/event_types/1");
  assert.equal((await ask({ event_types: [] })).status, 400);
  const mia = acme.token({ user: "mia", account: "acme" });
  const refused = await acme.call("POST", "/v1/accounts/acme/commands", mia, { type: "RegisterWebhook", url: "https://example.com", event_types: ["appgov.*"] });
  assert.equal(refused.body.code, "privilege_required");
});
