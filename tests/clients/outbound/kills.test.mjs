// kill -9 while mails and webhooks go out, again and again, with receivers that count: nothing that was recorded as sent comes again, and nothing that
// was due is lost. GATEHOUSE_KILLS says how often.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAcme, startGatehouse } from "../gatehouse.mjs";
import { startMailServer } from "../mail/mail_server.mjs";
import { startReceiver, until } from "../receiver.mjs";

const kills = Number(process.env.GATEHOUSE_KILLS ?? 60);
const apps = 12;
const users = 60;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const random = (end) => Math.floor(Math.random() * end);

let folder, mail, receiver, gatehouse, owner, endpoint;
const received = new Map(); // how often each mail and each webhook came
const count = (id) => received.set(id, (received.get(id) ?? 0) + 1);
const arguments_ = () => ["--config", join(folder, "gatehouse.toml")];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-kills-"));
  mail = await startMailServer(folder, ({ text }) => count(/^Message-Id: <(.*)>\r$/im.exec(text)[1]));
  receiver = await startReceiver(({ headers, json }) => {
    if (json.type !== "endpoint.url_validation") count(headers["webhook-id"]);
    return { status: 204 };
  });
  writeFileSync(join(folder, "gatehouse.toml"), `${mail.settings}[webhooks]\nallow = ["127.0.0.1"]\n`);
  gatehouse = await startAcme(arguments_());
  owner = gatehouse.owner;
  await gatehouse.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
  await gatehouse.as_owner({ type: "SetNotificationSettings", enabled: true, recipients: ["olga"] });
  for (let app = 0; app < apps; ++app) {
    const manifest = { display_information: { display_name: `App ${app}` }, oauth_information: { usage: "USER_OPERATION", scopes: [{ scope: "user:read:user" }] } };
    await gatehouse.command(gatehouse.platform, "platform", { type: "RegisterApp", app_id: `app-${app}`, developer: { kind: "third_party" }, manifest });
    await gatehouse.command(gatehouse.platform, "platform", { type: "PublishApp", app_id: `app-${app}`, listed: true });
  }
  for (let user = 0; user < users; ++user)
    await gatehouse.as_owner({ type: "AddMember", user_id: `user-${user}`, email: `user-${user}@acme.example` });
  ({ result: { endpoint_id: endpoint } } = await gatehouse.as_owner({ type: "RegisterWebhook", url: receiver.url, event_types: ["app.authorization_request_created"] }));
  await until(async () => (await gatehouse.call("GET", `/v1/accounts/acme/webhooks/${endpoint}`, owner)).body, ({ status }) => status === "active");
});
after(async () => {
  await gatehouse?.kill();
  if (gatehouse) rmSync(gatehouse.data, { recursive: true });
  mail?.stop();
  await receiver?.close();
  rmSync(folder, { recursive: true });
});

// What the log says was sent, by the ids that receivers see.
const recorded = () => gatehouse.history("outbound")
  .filter(({ type }) => type === "NotificationSent" || type === "WebhookDelivered").map(({ data }) => data.message_id);

test(`after ${kills} kills everything was sent, and nothing that was recorded twice`, { timeout: 170_000 }, async () => {
  const tokens = Array.from({ length: users }, (_, user) => gatehouse.token({ user: `user-${user}`, account: "acme" }));
  const pairs = Array.from({ length: apps * users }, (_, index) => [index % users, Math.floor(index / users)]);
  const settled = new Map(); // recorded ids, and how often they had come by then
  let asked = 0;
  for (let kill = 0; kill < kills; ++kill) {
    const acknowledged = pairs.splice(0, 3).map(async ([user, app]) => {
      const answer = await gatehouse.call("POST", "/v1/accounts/acme/commands", tokens[user], { type: "RequestPreApproval", app_id: `app-${app}` });
      asked += answer.status === 200 ? 1 : 0;
    });
    await Promise.all(acknowledged);
    await pause(random(40));
    await gatehouse.kill();
    await pause(20); // what is on its way arrives
    for (const id of recorded()) {
      if (settled.has(id)) assert.equal(received.get(id), settled.get(id), `${id} came again after it was recorded`);
      else settled.set(id, received.get(id));
      assert.ok(received.get(id) >= 1, `${id} was recorded and never came`);
    }
    gatehouse = await startGatehouse(arguments_(), gatehouse.data);
  }
  assert.equal(asked, kills * 3);
  const dueMails = async () => (await gatehouse.call("GET", "/v1/accounts/acme/notifications?status=due", owner)).body.items.length;
  const waiting = async () => (await gatehouse.call("GET", `/v1/accounts/acme/webhooks/${endpoint}`, owner)).body.waiting;
  await until(async () => (await waiting()) + (await dueMails()), (left) => left === 0);
  await pause(200);
  await gatehouse.kill();
  const all = new Set(recorded());
  assert.equal([...all].filter((id) => id.startsWith("msg_")).length, asked, "one webhook for each request");
  assert.equal([...all].filter((id) => !id.startsWith("msg_")).length, asked, "one mail for each request");
  for (const id of all) assert.ok(received.get(id) >= 1, `${id} never came`);
  const before = new Map(received);
  gatehouse.rebuild();
  gatehouse = await startGatehouse(arguments_(), gatehouse.data);
  await pause(1_000);
  assert.deepEqual(received, before, "a rebuild sends nothing");
  const twice = [...received.values()].filter((times) => times > 1).length;
  console.log(`${asked} requests, ${received.size} messages, ${twice} came more than once`);
});
