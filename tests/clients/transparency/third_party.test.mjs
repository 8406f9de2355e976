// Our log as a third party's client sees it: one that is made of Go's own implementation of transparency logs (third_party.go).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, sizeOf, startProxy, startWithHistory } from "./history.mjs";

const tile_width = 256;
const entry_size = 2 + 8 + 32; // its length, the position, the event's hash

let folder, client, log;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-transparency-"));
  client = join(folder, "third_party");
  const sources = ["third_party.go", "third_party_tiles.go"].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const go = { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOFLAGS: "", GOCACHE: process.env.GOCACHE ?? join(folder, "cache") };
  const [built] = await Promise.all([
    run("go", ["build", "-o", client, ...sources], { env: { ...process.env, ...go } }),
    startWithHistory(350).then((started) => (log = started)),
  ]);
  assert.equal(built.code, 0, built.said);
});
after(async () => {
  await log?.stop();
  rmSync(folder, { recursive: true });
});

const keep = (name, content) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const verifyLog = (prefix, ...more) => run(client, ["log", prefix, log.key, ...more]);
const verifies = async (checkpoint, ...more) => {
  const { code, said } = await verifyLog(log.prefix, ...more);
  assert.equal(code, 0, said);
  assert.equal(said, `verified ${sizeOf(checkpoint)} entries`);
};

test("it verifies every entry, and that the log only grew", async () => {
  const first = await log.caughtUp();
  assert.ok(sizeOf(first) > 700);
  await verifies(first);

  const earlier = keep("checkpoint.1", first);
  await verifies(first, earlier);
  for (const count of [1, 100, 33]) {
    await log.grow(count);
    const next = await log.caughtUp();
    assert.ok(sizeOf(next) >= sizeOf(first) + 2 * count);
    await verifies(next, earlier);
  }
});

test("it verifies proofs of single events, those with the event in them and those of the public log", async () => {
  const size = sizeOf(await log.caughtUp());
  const program = process.env.GATEHOUSE;
  const proves = async (position, proof) => {
    const { code, said } = await run(client, ["proof", keep("proof.tlog-proof", proof), log.key]);
    assert.equal(code, 0, `${said}\n${proof}`);
    assert.equal(said, `verified the proof of position ${position}`);
  };
  for (const position of [1, 2, 255, 256, 257, 512, 513, size - 1, size]) {
    const { code, stdout } = await run(program, ["proof", "--event", String(position), "--data", log.data]);
    assert.equal(code, 0);
    await proves(position, stdout);
    const by_url = await run(program, ["proof", "--event", String(position), "--url", log.url]);
    assert.equal(by_url.stdout.split("\n\n")[0], stdout.split("\n\n")[0]);
  }
  const none = await run(program, ["proof", "--event", String(size + 1000), "--data", log.data]);
  assert.notEqual(none.code, 0);

  const { body } = await log.call("GET", "/v1/accounts/birch/events", log.owners.birch);
  for (const { position } of body.items.slice(0, 3)) {
    const proof = (await log.download(`/v1/accounts/birch/events/${position}/proof`, log.owners.birch)).toString();
    assert.match(proof, /^c2sp\.org\/tlog-proof@v1\nextra R0hF/);
    await proves(position, proof);
    const [title, extra, index, first, second, ...rest] = proof.split("\n");
    const changes = {
      "another index": [title, extra, `index ${position}`, first, second, ...rest],
      "a hash less": [title, extra, index, second, ...rest],
      "two hashes swapped": [title, extra, index, second, first, ...rest],
      "another event": [title, `extra ${Buffer.from("GHE1 something else").toString("base64")}`, index, first, second, ...rest],
    };
    for (const [what, changed] of Object.entries(changes)) {
      const { code } = await run(client, ["proof", keep("proof.tlog-proof", changed.join("\n")), log.key]);
      assert.equal(code, 1, what);
    }
  }
});

test("a byte that is changed on the way is found, wherever it is", async () => {
  const checkpoint = await log.caughtUp();
  const last = Math.floor(sizeOf(checkpoint) / tile_width);
  const rest = sizeOf(checkpoint) % tile_width;
  assert.ok(last >= 3 && rest > 2, "there are full tiles and a partial one");
  let path, at, changed;
  const proxy = await startProxy(log.url, (asked, bytes) => {
    if (asked !== path) return;
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    ++changed;
  });
  const shows = async (file, place, code) => {
    [path, at, changed] = [`/log/${file}`, place, 0];
    const answer = await verifyLog(`${proxy.url}/log`);
    assert.equal(answer.code, code, `${file} at ${place}: ${answer.said}`);
    assert.equal(changed > 0, code === 1, `${file} was read`);
  };
  try {
    await shows("nothing", 0, 0);
    const partial = `00${last}.p/${rest}`;
    for (const file of ["tile/0/000", `tile/0/${partial}`, `tile/1/000.p/${last}`, "tile/entries/001", `tile/entries/${partial}`]) {
      for (const place of [0, 20, 77, -1]) await shows(file, place, 1);
    }
    await shows("tile/0/001", 32 * 100, 1);
    await shows("tile/0/002", -33, 1);
    // A checkpoint of another origin, size, root and signature.
    const lines = checkpoint.split("\n");
    for (const place of [0, lines[0].length + 1, lines[0].length + lines[1].length + 5, -5]) await shows("checkpoint", place, 1);
  } finally {
    await proxy.close();
  }
});

test("another history under the same key is found", async () => {
  const before = await log.caughtUp();
  const data = join(folder, "other");
  mkdirSync(join(data, "keys"), { recursive: true, mode: 0o700 });
  cpSync(join(log.data, "keys", "log-signing.pem"), join(data, "keys", "log-signing.pem"));
  const other = await startWithHistory(10, data);
  try {
    assert.equal(other.key, log.key);
    const short = await other.caughtUp();
    const verified = await verifyLog(other.prefix);
    assert.equal(verified.said, `verified ${sizeOf(short)} entries`);
    const shorter = await verifyLog(other.prefix, keep("checkpoint.long", before));
    assert.equal(shorter.code, 1, "it has fewer entries");
    const longer = await verifyLog(log.prefix, keep("checkpoint.short", short));
    assert.equal(longer.code, 1, "it begins otherwise");
    assert.match(longer.said, /does not only add/);
  } finally {
    await other.stop();
  }
});

test("what may be cached is said, and what does not exist", async () => {
  const size = sizeOf(await log.caughtUp());
  const last = Math.floor(size / tile_width);
  const ask = (path, method = "GET", headers = {}) => fetch(`${log.prefix}/${path}`, { method, headers });
  const facts = {
    "checkpoint": ["text/plain; charset=utf-8", /^public, max-age=[1-5]$/],
    "verifier-key": ["text/plain; charset=utf-8", /^no-cache$/],
    "tile/0/000": ["application/octet-stream", /max-age=\d{7,}, immutable/],
    [`tile/0/00${last}.p/1`]: ["application/octet-stream", /immutable/],
    "tile/entries/000": ["application/octet-stream", /immutable/],
  };
  for (const [path, [type, cache]] of Object.entries(facts)) {
    const answer = await ask(path);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get("content-type"), type, path);
    assert.match(answer.headers.get("cache-control"), cache, path);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const head = await ask(path, "HEAD");
    assert.equal(head.status, 200, path);
    assert.equal(head.headers.get("content-type"), type);
    assert.equal(head.headers.get("content-length"), String(bytes.length), path);
    assert.equal((await head.arrayBuffer()).byteLength, 0);
  }
  const none = [`tile/0/00${last}`, `tile/0/00${last}.p/${(size % tile_width) + 50}`, "tile/0/999", "tile/1/000", "tile/2/000.p/1", "tile/0/0",
    "tile/0/000.p/256", "tile/0/000.p/0", "tile/8/0/000", "tile/data/000", "tile/entries/999", "tile/0/x000/000", "tile/-1/000"];
  for (const path of none) {
    const answer = await ask(path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.doesNotMatch(answer.headers.get("cache-control") ?? "", /public|immutable/, "it may exist later");
    assert.equal((await answer.json()).code, "tile_not_found");
    assert.equal((await ask(path, "HEAD")).status, 404);
  }
  assert.equal((await ask("tile/0/000", "POST")).status, 405);
});

test("a bundle of entries has the hashes of the events", async () => {
  await log.caughtUp();
  const bundle = await log.download("/log/tile/entries/000");
  assert.equal(bundle.length, tile_width * entry_size);
  const hashes = await log.download("/log/tile/0/000");
  const auditor = log.token({ user: "auditor", scope: "platform auditor" });
  const records = (await log.download("/v1/platform/export", auditor)).toString().split("\n");
  const hash = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
  for (let index = 0; index < tile_width; ++index) {
    const entry = bundle.subarray(index * entry_size, (index + 1) * entry_size);
    assert.equal(entry.readUInt16BE(0), entry_size - 2);
    assert.equal(entry.readBigUInt64BE(2), BigInt(index + 1));
    const { position, frame } = JSON.parse(records[index]);
    assert.equal(position, index + 1);
    assert.deepEqual(entry.subarray(10), hash(Buffer.from(frame, "base64")));
    assert.deepEqual(hashes.subarray(32 * index, 32 * index + 32), hash(Buffer.from([0]), entry.subarray(2)));
  }
  const part = await log.download("/log/tile/entries/000.p/3");
  assert.deepEqual(part, bundle.subarray(0, 3 * entry_size));
});
