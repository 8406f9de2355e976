// The cases of the AuthZEN 1.0 certification scenario, level by level, against the whole API with the scenario's policy. Section numbers are
// those of the scenario.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";

let server, base, token;

before(async () => {
  server = spawn(process.env.GATEHOUSE_AUTHZEN_FIXTURE, { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  base = (await lines.next()).value;
  token = (await lines.next()).value;
});
after(() => server.stdin.end());

const send = async (path, body, headers = {}) => {
  const answer = await fetch(`${base}/access/v1/${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};
const answered = async (path, body) => {
  const answer = await send(path, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.match(answer.headers.get("content-type"), /^application\/json/);
  return answer.body;
};
const decision = async (body) => {
  const answer = await answered("evaluation", body);
  assert.equal(typeof answer.decision, "boolean");
  return answer.decision;
};
const decisions = async (body) => (await answered("evaluations", body)).evaluations.map((each) => each.decision);
const found = async (path, body) => (await answered(`search/${path}`, body)).results;

const user = (id, properties) => ({ type: "user", id, ...(properties && { properties }) });
const record = (id, properties) => ({ type: "record", id, ...(properties && { properties }) });
const act = (name, properties) => ({ name, ...(properties && { properties }) });
const question = (subject, action, resource) => ({ subject, action, resource });
const alice = user("alice"), bob = user("bob"), admin = user("bob", { role: "admin" });
const active = record("record-1"), archived = record("record-2", { status: "archived" });
const read = act("read"), write = act("write");

test("2.2 the eight decisions of the fixture", async () => {
  assert.equal(await decision(question(alice, read, active)), true);
  assert.equal(await decision(question(alice, write, active)), true);
  assert.equal(await decision(question(bob, read, active)), true);
  assert.equal(await decision(question(bob, write, active)), false);
  assert.equal(await decision(question(alice, write, archived)), false);
  assert.equal(await decision(question(admin, write, archived)), true);
  assert.equal(await decision(question(alice, act("delete", { soft: true }), active)), true);
  assert.equal(await decision(question(alice, act("delete", { soft: false }), active)), false);
});

test("2.2 context, further properties and unknown members are accepted", async () => {
  const asked = question(alice, read, active);
  assert.equal(await decision({ ...asked, context: { time: "2025-06-27T18:03-07:00", ip: "192.168.1.1" } }), true);
  const owned = record("record-1", { status: "active", owner: "bob" });
  assert.equal(await decision(question(user("alice", { department: "Sales", role: "manager" }), act("read", { method: "GET" }), owned)), true);
  assert.equal(await decision({ ...asked, foo: "bar", futureField: { nested: true } }), true);
});

test("2.4 what is missing, of a wrong type or malformed is 400", async () => {
  const asked = question(alice, read, active);
  const wrong = [
    { ...asked, subject: undefined }, { ...asked, action: undefined }, { ...asked, resource: undefined },
    { ...asked, subject: { id: "alice" } }, { ...asked, subject: { type: "user" } }, { ...asked, action: {} },
    { ...asked, resource: { id: "record-1" } }, { ...asked, resource: { type: "record" } },
    { ...asked, subject: "alice" }, { ...asked, action: { name: 123 } }, "{not json", "", "[]",
  ];
  for (const body of wrong) {
    const answer = await send("evaluation", body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.equal(typeof answer.body, "string");
  }
  assert.equal((await send("evaluation", asked, { "Content-Type": "text/plain" })).status, 400);
  assert.equal((await send("evaluation", asked, { Authorization: "Bearer none" })).status, 401);
});

test("2.5 and 2.6 X-Request-ID is echoed, the same question gets the same answer", async () => {
  const asked = question(alice, read, active);
  const answer = await send("evaluation", asked, { "X-Request-ID": "bfe9eb29-ab87-4ca3-be83-a1d5d8305716" });
  assert.equal(answer.headers.get("x-request-id"), "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
  assert.equal((await send("evaluation", asked)).status, 200);
  for (let round = 0; round < 5; ++round) assert.equal(await decision(asked), true);
});

test("3.2 batches keep their order and merge what is common", async () => {
  const both = [{ resource: active }, { resource: record("record-2") }];
  assert.equal((await decisions({ subject: alice, action: read, evaluations: both })).length, 2);
  assert.deepEqual(await decisions({ subject: bob, resource: active, evaluations: [{ action: read }, { action: write }] }), [true, false]);
  const states = [{ resource: record("record-1", { status: "active" }) }, { resource: archived }];
  assert.deepEqual(await decisions({ subject: alice, action: write, evaluations: states }), [true, false]);
  assert.deepEqual(await decisions({ action: write, resource: archived, evaluations: [{ subject: alice }, { subject: admin }] }), [false, true]);
  assert.deepEqual(await decisions({ evaluations: [question(alice, read, active), question(bob, write, active)] }), [true, false]);
  const overridden = [{ resource: active }, { resource: record("record-2"), context: { source: "batch-override" } }];
  assert.equal((await decisions({ subject: alice, action: read, context: { time: "x" }, evaluations: overridden })).length, 2);
  const partly = [{ resource: { id: "record-1", properties: { status: "active" } } }, { resource: archived }];
  assert.deepEqual(await decisions({ subject: alice, action: write, resource: { type: "record" }, evaluations: partly }), [true, false]);
});

test("3.4 an item that cannot be read is denied alone; without items the batch is one question", async () => {
  const all = await decisions({ subject: alice, action: read, evaluations: [{ resource: active }, {}] });
  assert.deepEqual(all, [true, false]);
  const asked = question(alice, read, active);
  assert.equal((await answered("evaluations", asked)).decision, true);
  assert.equal((await answered("evaluations", { ...asked, evaluations: [] })).decision, true);
  assert.equal((await send("evaluations", "{")).status, 400);
});

test("options: the three semantics", async () => {
  const evaluations = [{ action: read }, { action: write }, { action: read }];
  const with_semantic = (evaluations_semantic) => decisions({ subject: bob, resource: active, evaluations, options: { evaluations_semantic } });
  assert.deepEqual(await with_semantic("execute_all"), [true, false, true]);
  assert.deepEqual(await with_semantic("deny_on_first_deny"), [true, false]);
  assert.deepEqual(await with_semantic("permit_on_first_permit"), [true]);
});

test("4.2 to 4.4 searches", async () => {
  const of_type = (type) => ({ type });
  assert.deepEqual(await found("subject", { ...question(of_type("user"), read, active), context: { ip: "::1" } }), [alice, bob]);
  assert.deepEqual(await found("subject", question(of_type("user"), write, archived)), [bob]);
  assert.ok((await found("resource", question(alice, read, of_type("record")))).some((each) => each.id === "record-1"));
  assert.ok((await found("resource", question(admin, write, of_type("record")))).some((each) => each.id === "record-2"));
  assert.deepEqual(await found("action", { subject: alice, resource: active }), [read, write]);
  assert.ok((await found("action", { subject: admin, resource: archived, context: {} })).some((each) => each.name === "write"));
});

test("4.5 pages", async () => {
  const asked = question({ type: "user" }, read, active);
  const first = await answered("search/subject", { ...asked, page: { limit: 1 } });
  assert.deepEqual(first.results, [alice]);
  assert.notEqual(first.page.next_token, "");
  const second = await answered("search/subject", { ...asked, page: { token: first.page.next_token } });
  assert.deepEqual(second.results, [bob]);
  assert.equal(second.page.next_token, "");
  const actions = await answered("search/action", { subject: alice, resource: active, page: { limit: 1 } });
  assert.deepEqual(actions.results, [read]);
  const next = { subject: alice, action: write, resource: active, page: { token: actions.page.next_token } };
  assert.deepEqual((await answered("search/action", next)).results, [write], "an action that is sent is ignored");
});

test("4.6 and 4.7 nothing found is no error, something missing is", async () => {
  assert.deepEqual(await found("action", { subject: user("nonexistent-user"), resource: active }), []);
  assert.deepEqual(await found("subject", question({ type: "spaceship" }, read, active)), []);
  const wrong = [
    ["subject", { subject: { type: "user" }, resource: active }], ["resource", { action: read, resource: { type: "record" } }],
    ["action", { subject: alice }], ["subject", question({ type: "user" }, read, { type: "record" })],
    ["resource", question({ type: "user" }, read, { type: "record" })],
  ];
  for (const [path, body] of wrong) assert.equal((await send(`search/${path}`, body)).status, 400, JSON.stringify(body));
});

test("6 metadata names the decision point and its endpoints", async () => {
  const answer = await fetch(`${base}/.well-known/authzen-configuration`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^application\/json/);
  const metadata = await answer.json();
  assert.equal(metadata.policy_decision_point, base);
  for (const name of ["access_evaluation", "access_evaluations", "search_subject", "search_resource", "search_action"]) {
    assert.ok(metadata[`${name}_endpoint`].startsWith(`${base}/access/v1/`));
  }
  // What has no value is left out; capabilities, where there are some, are a list of URNs.
  if ("capabilities" in metadata) assert.ok(metadata.capabilities.length > 0 && metadata.capabilities.every((each) => each.startsWith("urn:")));
});
