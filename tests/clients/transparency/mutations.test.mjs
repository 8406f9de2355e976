// Every single bit and record that is changed in what a log published is found. GATEHOUSE_MUTATIONS says how many changes (2,000); GATEHOUSE_SEED where they begin.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, sizeOf, startWithHistory } from "./history.mjs";

const changes = process.env.GATEHOUSE_MUTATIONS ?? "2000";
const seed = process.env.GATEHOUSE_SEED ?? "20260101";
const forms = { ndjson: "application/x-ndjson", csv: "text/csv", json: "application/cloudevents-batch+json" };

let log, old;

before(async () => {
  log = await startWithHistory(90);
  old = await log.caughtUp();
  await log.grow(50);
});
after(() => log?.stop());

test("each of so many changes is found, and its record named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-mutations-"));
  const keep = async (name, path, bearer, accept) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), await log.download(path, bearer, accept));
  };
  const all = log.token({ user: "auditor", scope: "platform auditor" });
  const acme = log.token({ user: "auditor", account: "acme", scope: "auditor" });
  await log.caughtUp();
  for (const [form, type] of Object.entries(forms)) {
    await keep(`all.${form}`, "/v1/platform/export", all, type);
    await keep(`acme.${form}`, "/v1/accounts/acme/export", acme, type);
  }
  await keep("completeness.json", "/v1/accounts/acme/completeness", acme);
  const own = (await (await fetch(`${log.url}/v1/accounts/acme/events?limit=100`, { headers: { Authorization: `Bearer ${acme}` } })).json()).items;
  for (const { position } of [own[0], own[50], own[99]]) await keep(`${position}.tlog-proof`, `/v1/accounts/acme/events/${position}/proof`, acme);
  await keep("place/checkpoint", "/log/checkpoint");
  writeFileSync(join(folder, "old"), old);
  const size = sizeOf((await log.download("/log/checkpoint")).toString());
  assert.ok(size > 256 && size < 512, `${size}`);
  for (const tile of ["0/000", `0/001.p/${size - 256}`, "1/000.p/1", "entries/000", `entries/001.p/${size - 256}`])
    await keep(`place/tile/${tile}`, `/log/tile/${tile}`);
  const { code, said } = await run("python3", [fileURLToPath(new URL("mutations.py", import.meta.url)), folder, log.key, changes, seed]);
  assert.equal(code, 0, said);
  assert.match(said, new RegExp(`^${changes} changes found$`));
});
