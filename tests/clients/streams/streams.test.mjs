// An EventSource client follows its requests: no page has to poll for "pending".
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EventSource } from "eventsource";
import { startAcme } from "../gatehouse.mjs";

let acme;

before(async () => {
  acme = await startAcme();
  await acme.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
});
after(() => acme.stop());

// Events as they come; next() waits for one.
const follow = (path, user, event) => {
  const token = acme.token({ user, account: "acme" });
  const source = new EventSource(`${acme.url}/v1/accounts/acme/${path}`, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
  });
  const arrived = [], waiting = [];
  source.addEventListener(event, ({ data, lastEventId }) => {
    const item = { ...JSON.parse(data), lastEventId };
    if (waiting.length > 0) waiting.shift()(item);
    else arrived.push(item);
  });
  return { source, next: () => (arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve))) };
};

test("a requester sees the request become approved, an admin sees it arrive", async () => {
  const inbox = follow("app-requests?state=active", "olga", "app");
  const own = follow("requests?user_id=me", "mia", "request");
  await acme.as_user("mia", { type: "RequestPreApproval", app_id: "notes", reason: "Weekly review" });
  assert.equal((await inbox.next()).pending, 1);
  const asked = await own.next();
  assert.equal(asked.status, "pending");
  await acme.as_owner({ type: "ApproveRequests", app_id: "notes", user_ids: ["mia"], reason: "Go on" });
  const decided = await own.next();
  assert.equal(decided.status, "approved");
  assert.equal(decided.decision.reason, "Go on");
  assert.ok(Number(decided.lastEventId) > Number(asked.lastEventId));
  inbox.source.close();
  own.source.close();
});

test("wait=30 answers the moment that the request is decided", async () => {
  const asked = await acme.as_user("max", { type: "RequestPreApproval", app_id: "notes" });
  const path = `/v1/accounts/acme/requests/${asked.result.request_id}?wait=30`;
  const answer = acme.call("GET", path, acme.token({ user: "max", account: "acme" }));
  await acme.as_owner({ type: "RejectRequests", kind: "pre_approval", app_id: "notes", user_ids: ["max"], reason: "No" });
  assert.equal((await answer).body.status, "rejected");
});
