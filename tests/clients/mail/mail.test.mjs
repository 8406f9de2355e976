// Mails through a real mail server, with STARTTLS and AUTH, read back from it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAcme } from "../gatehouse.mjs";
import { until } from "../receiver.mjs";
import { startMailServer } from "./mail_server.mjs";

let folder, server, acme;
const mails = [];
const waiting = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-mail-"));
  server = await startMailServer(folder, (mail) => {
    mails.push(mail);
    for (const wake of waiting.splice(0)) wake();
  });
  writeFileSync(join(folder, "gatehouse.toml"), `public_url = "https://gatehouse.example.com"\n${server.settings}`);
  acme = await startAcme(["--config", join(folder, "gatehouse.toml")]);
  await acme.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
});
after(async () => {
  await acme?.stop();
  server?.stop();
  rmSync(folder, { recursive: true });
});

const nextMail = async () => {
  while (mails.length === 0) await new Promise((resolve) => waiting.push(resolve));
  return mails.shift();
};
// Quoted-printable, far enough for our own mails.
const readable = (text) =>
  Buffer.from(text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8");

test("those who may decide get a mail, the requester hears of the outcome with its reason", async () => {
  const { result } = await acme.as_user("mia", { type: "RequestPreApproval", app_id: "notes", reason: "wöchentliche Prüfung" });
  const asked = await nextMail();
  assert.deepEqual(asked.to, ["olga@acme.example"]);
  assert.equal(asked.from, "gatehouse@example.com");
  assert.equal(asked.tls, true);
  assert.match(asked.text, /^Subject: \[Acme\] Mia asks for the pre-approval of/m);
  assert.ok(readable(asked.text).includes("Reason: wöchentliche Prüfung"));
  assert.ok(readable(asked.text).includes(`https://gatehouse.example.com/v1/accounts/acme/requests/${result.request_id}`));
  await acme.as_owner({ type: "RejectRequests", kind: "pre_approval", app_id: "notes", user_ids: ["mia"], reason: "Not this quarter" });
  const decided = await nextMail();
  assert.deepEqual(decided.to, ["mia@acme.example"]);
  assert.ok(readable(decided.text).includes("was rejected"));
  assert.ok(readable(decided.text).includes("Not this quarter"));
});

test("one event that settles many tells each of them", async () => {
  await acme.as_owner({ type: "SetNotificationSettings", enabled: true, recipients: ["olga"] });
  for (const user of ["mia", "max"]) {
    await acme.as_user(user, { type: "RequestPreApproval", app_id: "notes" });
    assert.deepEqual((await nextMail()).to, ["olga@acme.example"]);
  }
  await acme.as_owner({ type: "GrantPreApproval", app_id: "notes", audience: "everyone" });
  const told = [(await nextMail()).to[0], (await nextMail()).to[0]].sort();
  assert.deepEqual(told, ["max@acme.example", "mia@acme.example"]);
});

test("a mail that the server refuses for good is given up", async () => {
  await acme.as_owner({ type: "AddMember", user_id: "gone", email: "gone@acme.example" });
  await acme.as_owner({ type: "GrantPreApproval", app_id: "notes", audience: "selected", user_ids: ["olga"] });
  await acme.as_user("gone", { type: "RequestPreApproval", app_id: "notes" });
  assert.deepEqual((await nextMail()).to, ["olga@acme.example"]);
  await acme.as_owner({ type: "RejectRequests", kind: "pre_approval", app_id: "notes", user_ids: ["gone"] });
  const given_up = async () => /gatehouse_mails_total\{outcome="given_up"\} 1/.test(await (await fetch(`${acme.url}/metrics`)).text());
  for (let round = 0; round < 100 && !(await given_up()); ++round) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(await given_up());
});

test("a request that is decided at once is told about as well", async () => {
  const users = Array.from({ length: 20 }, (_, number) => `quick-${number}`);
  await acme.as_owner({ type: "RestrictApp", app_id: "notes" });
  await acme.as_owner({ type: "LiftRestriction", app_id: "notes" });
  const told = [];
  for (const user of users) {
    await acme.as_owner({ type: "AddMember", user_id: user, email: `${user}@acme.example` });
    await acme.as_user(user, { type: "RequestPreApproval", app_id: "notes" });
    await acme.as_owner({ type: "RejectRequests", kind: "pre_approval", app_id: "notes", user_ids: [user] });
  }
  while (told.length < users.length) {
    const { to: [address], text } = await nextMail();
    if (/^Subject: .*was/m.test(text) && address.startsWith("quick")) told.push(address);
  }
  assert.deepEqual(told.sort(), users.map((user) => `${user}@acme.example`).sort());
});

test("an account's own history holds what its commands made alone", async () => {
  const { body } = await acme.call("GET", "/v1/accounts/acme/events?limit=1000", acme.owner);
  assert.deepEqual(body.items.filter((event) => event.type.startsWith("Notification") && event.type !== "NotificationSettingsChanged"), []);
});

test("a mail server that wants TLS from the first byte gets it, and one whose certificate is not trusted gets nothing", async () => {
  const other = mkdtempSync(join(tmpdir(), "gatehouse-mail-"));
  const heard = [];
  const strict = await startMailServer(other, (mail) => heard.push(mail), "tls");
  for (const trusted of [false, true]) {
    const settings = trusted ? strict.settings : strict.settings.replace(/ca_file = .*\n/, "");
    writeFileSync(join(other, "gatehouse.toml"), settings);
    const gatehouse = await startAcme(["--config", join(other, "gatehouse.toml")]);
    await gatehouse.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
    await gatehouse.as_user("mia", { type: "RequestPreApproval", app_id: "notes" });
    const [notification] = (await until(
      async () => (await gatehouse.call("GET", "/v1/accounts/acme/notifications", gatehouse.owner)).body.items,
      (items) => items.length === 1 && items[0].mails[0].attempts === 1,
    ));
    assert.equal(notification.status, trusted ? "sent" : "due");
    assert.equal(heard.length, trusted ? 1 : 0);
    await gatehouse.stop();
  }
  strict.stop();
  rmSync(other, { recursive: true });
});
