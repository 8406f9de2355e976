// Ten thousand webhooks to a hundred endpoints of which ten never answer: the others get theirs in seconds.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startGatehouse } from "../gatehouse.mjs";
import { startReceiver, until } from "../receiver.mjs";

const accounts = 5;
const endpoints_of_account = 20;
const hanging_of_account = 2;
const events = 100;

let folder, gatehouse, receiver, silent;
const received = new Map(); // sequences by path

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-fan-out-"));
  writeFileSync(join(folder, "gatehouse.toml"), '[webhooks]\nallow = ["127.0.0.1"]\n');
  receiver = await startReceiver(({ path, json }) => {
    if (json.type !== "endpoint.url_validation") received.get(path).push(json.sequence);
    return { status: 204 };
  });
  gatehouse = await startGatehouse(["--config", join(folder, "gatehouse.toml")]);
});
after(async () => {
  await gatehouse?.stop();
  await receiver?.close();
  silent?.close();
  rmSync(folder, { recursive: true });
});

test("endpoints that hang delay no other", { timeout: 150_000 }, async () => {
  const platform = gatehouse.token({ user: "operator", scope: "platform" });
  // It answers the challenge, and never again.
  let answers = true;
  const sockets = new Set();
  silent = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("data", () => answers && socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
  });
  await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));

  for (let account = 0; account < accounts; ++account) {
    await gatehouse.command(platform, "platform", { type: "OpenAccount", account_id: `account-${account}`, name: "One", owner: { user_id: "olga", email: "olga@example.com", name: "Olga" } });
    const owner = gatehouse.token({ user: "olga", account: `account-${account}` });
    for (let index = 0; index < endpoints_of_account; ++index) {
      const path = `/${account}/${index}`;
      const hangs = index < hanging_of_account;
      if (!hangs) received.set(path, []);
      const url = hangs ? `http://127.0.0.1:${silent.address().port}${path}` : receiver.url + path;
      await gatehouse.command(owner, `accounts/account-${account}`, { type: "RegisterWebhook", url, event_types: ["appgov.group_created.v1"] });
    }
    await until(async () => (await gatehouse.call("GET", `/v1/accounts/account-${account}/webhooks`, owner)).body.items,
      (items) => items.every(({ status }) => status === "active"));
  }
  answers = false;
  const begun = Date.now();
  for (let account = 0; account < accounts; ++account) {
    const owner = gatehouse.token({ user: "olga", account: `account-${account}` });
    const commands = Array.from({ length: events }, (_, number) => ({ type: "CreateGroup", group_id: `g${number}`, name: `Group ${number}` }));
    await gatehouse.command(owner, `accounts/account-${account}`, { commands });
  }
  const arrived = () => [...received.values()].reduce((sum, { length }) => sum + length, 0);
  const wanted = accounts * (endpoints_of_account - hanging_of_account) * events;
  for (let round = 0; round < 600 && arrived() < wanted; ++round) await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(`${arrived()} of ${wanted} webhooks to ${received.size} endpoints in ${Date.now() - begun} ms`);
  assert.equal(arrived(), wanted);
  for (const sequences of received.values()) assert.deepEqual(sequences, [...sequences].sort(), "in order");
  for (const socket of sockets) socket.destroy();
});
