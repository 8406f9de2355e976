// An EventSource client follows an account's history, is cut off again and again, and goes on after it without a gap and with nothing twice.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { after, before, test } from "node:test";
import { EventSource } from "eventsource";
import { startAcme } from "../gatehouse.mjs";

let acme, cable;

// What stands between: it can be pulled.
const layCable = async (target) => {
  const ends = new Set();
  const server = createServer((near) => {
    const far = connect(Number(new URL(target).port), "127.0.0.1");
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => { other.destroy(); ends.delete(end); });
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pull: () => ends.forEach((end) => end.destroy()),
    close: () => { ends.forEach((end) => end.destroy()); server.close(); },
  };
};

before(async () => {
  acme = await startAcme();
  cable = await layCable(acme.url);
});
after(() => {
  cable.close();
  return acme.stop();
});

const auditor = () => acme.token({ user: "audrey", account: "acme", scope: "auditor" });

const follow = (query) => {
  const token = auditor();
  const source = new EventSource(`${cable.url}/v1/accounts/acme/events${query}`, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
  });
  const told = [], asked = [];
  source.onmessage = ({ data, lastEventId }) => told.push({ ...JSON.parse(data), lastEventId });
  source.onopen = () => asked.push(told.length);
  return { source, told, asked };
};

const until = async (condition) => {
  for (let wait = 0; wait < 600 && !condition(); ++wait) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(condition());
};

const history = async () => (await acme.call("GET", "/v1/accounts/acme/events?limit=1000", auditor())).body.items;
const block = (blocked) => acme.as_owner({ type: "SetUserInstallBlock", blocked });

test("a client that is cut off goes on where it was", async () => {
  const feed = follow("");
  for (let round = 0; round < 4; ++round) {
    for (let change = 0; change < 6; ++change) await block(change % 2 === 0);
    if (round % 2 === 0) cable.pull();
  }
  const expected = (await history()).map((event) => event.event_id);
  await until(() => feed.told.length >= expected.length);
  assert.deepEqual(feed.told.map((event) => event.id), expected);
  for (const event of feed.told) assert.equal(Number(event.sequence), Number(event.lastEventId));
  assert.ok(feed.asked.length >= 2);
  feed.source.close();
});

test("a client whose filter passes over everything learns its place from heartbeats", async () => {
  const feed = follow("?type=GroupRenamed");
  await until(() => feed.asked.length === 1);
  await block(true);
  cable.pull();
  await until(() => feed.asked.length === 2);
  await acme.as_owner({ type: "CreateGroup", group_id: "sales", name: "All of sales" });
  await until(() => feed.told.length === 1);
  assert.equal(feed.told[0].type, "appgov.group_renamed.v1");
  feed.source.close();
});
