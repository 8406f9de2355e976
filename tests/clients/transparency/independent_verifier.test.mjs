// verify/gatehouse_verify.py on what a server publishes, as it is and changed.
import assert from "node:assert/strict";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, sizeOf, startProxy, startWithHistory } from "./history.mjs";

const verifier = fileURLToPath(new URL("../../../verify/gatehouse_verify.py", import.meta.url));

// How many lines come before and after the records, the manifest and the line end at the end included; and what a record shows.
const forms = {
  ndjson: { media_type: "application/x-ndjson", head: 0, foot: 2, position: (line) => JSON.parse(line).position },
  csv: { media_type: "text/csv", head: 1, foot: 2, position: (line) => Number(line.split(",")[0]) },
  cloudevents: {
    media_type: "application/cloudevents-batch+json", head: 1, foot: 3, position: (line) => Number(JSON.parse(line.slice(0, -1)).sequence),
  },
};

let folder, log, tokens, python;

before(async () => {
  // Not a script that looks for it each time.
  python = (await run("python3", ["-c", "import sys; print(sys.executable)"])).said;
  folder = mkdtempSync(join(tmpdir(), "gatehouse-verifier-"));
  log = await startWithHistory(330);
  tokens = {
    all: log.token({ user: "auditor", scope: "platform auditor" }),
    acme: log.token({ user: "auditor", account: "acme", scope: "auditor" }),
  };
});
after(async () => {
  await log?.stop();
  rmSync(folder, { recursive: true });
});

let files = 0;
const keep = (content) => {
  const file = join(folder, String(++files));
  writeFileSync(file, content);
  return file;
};
const verify = (...words) => run(python, [verifier, ...words, "--key", log.key]);
const holds = async (...words) => {
  const { code, said } = await verify(...words);
  assert.equal(code, 0, said);
  return said;
};
// With the position that it must name, if it must name one.
const fails = async (position, what, ...words) => {
  const { code, said } = await verify(...words);
  assert.equal(code, 1, `${what}: ${said}`);
  assert.doesNotMatch(said, /Traceback/, what);
  if (position !== undefined) assert.match(said, new RegExp(`^position ${position}: .`), what);
};

// An export of `all` or of an account, taken apart.
async function takeExport(of, form, from = 0) {
  const { media_type, head, foot, position } = forms[form];
  const path = of === "all" ? "/v1/platform/export" : `/v1/accounts/${of}/export`;
  const answer = await fetch(`${log.url}${path}?after=${from}`, { headers: { Authorization: `Bearer ${tokens[of]}`, Accept: media_type } });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  assert.equal(answer.headers.get("content-type"), media_type);
  const lines = text.split("\n");
  const records = lines.slice(head, -foot);
  const put = (changed) => keep([...lines.slice(0, head), ...changed, ...lines.slice(-foot)].join("\n"));
  return {
    file: keep(text), text, records, put, positions: records.map(position), through: Number(answer.headers.get("gatehouse-position")),
    start: (index) => Buffer.byteLength(lines.slice(0, head + index).map((line) => `${line}\n`).join("")),
  };
}

// Four letters after its begin, so that the numbers that follow are others.
function withLetterInFrame(line) {
  const begin = line.search(/[",]R0hF/) + 5;
  return `${line.slice(0, begin)}A${line.slice(begin)}`;
}

// The files that somebody could make of an export, and the position that each must be found at.
function changesOf({ records, positions, put, text, start }, whole) {
  const at = Math.floor(records.length * 0.6);
  const [here, next, count] = [positions[at], positions[at + 1], records.length];
  const bytes = Buffer.from(text);
  const flipped = [0, 0.2, 0.5, 0.8, 1].map((part) => {
    const copy = Buffer.from(bytes);
    copy[start(at) + Math.floor((Buffer.byteLength(records[at]) - 1) * part)] ^= 1;
    return [here, `a bit at ${part} of the record`, keep(copy)];
  });
  const swapped = [...records];
  [swapped[at], swapped[at + 1]] = [swapped[at + 1], swapped[at]];
  const end_of_last = start(count);
  return [
    ...flipped,
    [whole ? here : next, "a deleted record", put([...records.slice(0, at), ...records.slice(at + 1)])],
    [whole ? 1 : positions[1], "without the first record", put(records.slice(1))],
    [whole ? here : next, "two swapped records", put(swapped)],
    [here, "a record twice", put([...records.slice(0, at + 1), ...records.slice(at)])],
    [whole ? next : here, "a record once more instead of the next", put([...records.slice(0, at + 1), records[at], ...records.slice(at + 2)])],
    [here, "a letter more in the frame", put(records.map((line, index) => (index === at ? withLetterInFrame(line) : line)))],
    [here, "cut off within a record", keep(bytes.subarray(0, start(at) + 300))],
    [here, "cut off at the end of a record, without its line end", keep(bytes.subarray(0, start(at + 1) - 30))],
    [positions[at - 1] + 1, "cut off between records", keep(bytes.subarray(0, start(at)))],
    [positions[count - 1] + 1, "cut off before the manifest", keep(bytes.subarray(0, end_of_last))],
    [undefined, "cut off within the manifest", keep(bytes.subarray(0, end_of_last + 500))],
    [here, "bytes missing within a record", keep(Buffer.concat([bytes.subarray(0, start(at) + 40), bytes.subarray(start(at) + 70)]))],
    [positions[count - 1], "the last record's line end", keep(bytes.map((byte, place) => (place === end_of_last - 1 ? 11 : byte)))],
    [positions[0], "something before the first record", keep(Buffer.concat([bytes.subarray(0, start(0)), Buffer.from("else\n"), bytes.subarray(start(0))]))],
    [positions[0], "something before everything", keep(Buffer.concat([Buffer.from("else\n"), bytes]))],
    [undefined, "without its last byte", keep(bytes.subarray(0, -1))],
    [whole ? positions[count - 1] : undefined, "without the last record", put(records.slice(0, -1))],
    [undefined, "without records", put([])],
    [undefined, "more after the end", keep(Buffer.concat([bytes, Buffer.from("\n")]))],
  ];
}

for (const of of ["all", "acme"]) {
  for (const form of Object.keys(forms)) {
    test(`an export of ${of} as ${form} is verified, and every change to it is found`, async () => {
      const taken = await takeExport(of, form);
      assert.ok(taken.records.length > 330);
      assert.match(await holds("export", taken.file), new RegExp(`${taken.records.length} events.*; next: after=${taken.through}$`));
      const changes = changesOf(taken, of === "all");
      for (let next = 0; next < changes.length; next += 4)
        await Promise.all(changes.slice(next, next + 4).map(([position, what, file]) => fails(position, what, "export", file)));
    });
  }
}

test("an export whose chain was made anew does not hold either", async () => {
  const taken = await takeExport("all", "ndjson");
  const chained = (records) => {
    let chain = Buffer.alloc(32);
    return records.map((line) => {
      const text = line.slice(0, line.lastIndexOf(',"chain":'));
      chain = createHash("sha256").update(chain).update(text).digest();
      return `${text},"chain":"${chain.toString("base64")}"}`;
    });
  };
  assert.deepEqual(chained(taken.records), taken.records);
  const [at, replaced] = [200, taken.records[200].replace('"name":"Zo', '"name":"Za')];
  assert.notEqual(replaced, taken.records[at]);
  const others = {
    "a name that is shown": [undefined, [...taken.records.slice(0, at), replaced, ...taken.records.slice(at + 1)]],
    "a record less": [taken.positions[at], [...taken.records.slice(0, at), ...taken.records.slice(at + 1)]],
    "no record at the end": [taken.positions.at(-1), taken.records.slice(0, -1)],
  };
  for (const [what, [position, records]] of Object.entries(others)) await fails(position, what, "export", taken.put(chained(records)));
});

// Whoever has the log's key could sign it; readers of JSON take the last of two members, those of CSV what stands in quotes for one field.
test("a record that shows another place than its frame to some readers does not hold", async () => {
  const key = createPrivateKey(readFileSync(join(log.data, "keys", "log-signing.pem")));
  const [name, id] = log.key.split("+");
  const signed = (text) => {
    const signature = Buffer.concat([Buffer.from(id, "hex"), sign(null, Buffer.from(text), key)]).toString("base64");
    return `${text}\n\u2014 ${name} ${signature}\n`;
  };
  const resigned = (note, chain) => {
    const text = note.slice(0, note.indexOf("\n\n") + 1);
    return signed(text.replace(/"chain":"[^"]*"/, `"chain":"${chain.toString("base64")}"`));
  };
  const at = 200;
  const forge = {
    async ndjson(change) {
      const taken = await takeExport("acme", "ndjson");
      let chain = Buffer.alloc(32);
      const records = taken.records.map((line, index) => {
        const text = line.slice(0, line.lastIndexOf(',"chain":'));
        const shown = index === at ? change(text) : text;
        chain = createHash("sha256").update(chain).update(shown).digest();
        return `${shown},"chain":"${chain.toString("base64")}"}`;
      });
      const { manifest } = JSON.parse(taken.text.split("\n").at(-2));
      return [taken, keep([...records, JSON.stringify({ manifest: resigned(manifest, chain) }), ""].join("\n"))];
    },
    async csv(change) {
      const taken = await takeExport("acme", "csv");
      let chain = Buffer.alloc(32);
      const records = taken.records.map((line, index) => {
        const text = line.slice(0, line.lastIndexOf(","));
        const shown = index === at ? change(text) : text;
        chain = createHash("sha256").update(chain).update(shown).digest();
        return `${shown},${chain.toString("base64")}`;
      });
      const lines = taken.text.split("\n");
      const cells = lines.at(-2).split(",");
      cells[cells.length - 2] = Buffer.from(resigned(Buffer.from(cells.at(-2), "base64").toString(), chain)).toString("base64");
      return [taken, keep([lines[0], ...records, cells.join(","), ""].join("\n"))];
    },
  };
  const changes = {
    ndjson: ['"position":9', '"account_id":"other"', '"account_version":7', '"recorded_at":"1999-01-01T00:00:00.000Z"', '"event_id":"A"', '"pos\\u0069tion":9'].map(
      (member) => (line) => line.replace(',"frame":"', `,${member},"frame":"`)),
    csv: [(line) => line.replace(/^((?:[^,]*,){4})([^,]*),([^,]*),([^,]*),/, '$1"$2,$3,$4,",1,1999-01-01T00:00:00.000Z,')],
  };
  for (const [form, each] of Object.entries(changes)) {
    await holds("export", (await forge[form]((line) => line))[1]);
    for (const change of each) {
      const [taken, file] = await forge[form](change);
      await fails(taken.positions[at], `${form} ${change("")}`, "export", file);
    }
  }
});

test("what goes on where an earlier export ended is verified with the state", async () => {
  for (const [of, form] of [["all", "ndjson"], ["all", "csv"], ["acme", "cloudevents"]]) {
    const state = join(folder, `state-${of}-${form}`);
    const first = await takeExport(of, form);
    await holds("export", first.file, "--state", state);
    await log.grow(20);
    const second = await takeExport(of, form, first.through);
    assert.ok(second.records.length >= 20 && second.positions[0] > first.through);
    const [, , [position, what, changed]] = changesOf(second, of === "all");
    await fails(position, what, "export", changed, "--state", state);
    await fails(position, what, "export", changed);
    const alone = await verify("export", second.file);
    assert.equal(alone.code, 2, `it proves no root: ${alone.said}`);
    assert.match(alone.said, new RegExp(`${second.records.length} events.* without the state .* position ${first.through}$`));
    await log.grow(5);
    const third = await takeExport(of, form, second.through);
    const early = await verify("export", third.file, "--state", state);
    assert.equal(early.code, 2, `the second part was left out: ${early.said}`);
    await holds("export", second.file, "--state", state);
    await holds("export", third.file, "--state", state);
    const empty = await takeExport(of, form, third.through);
    assert.equal(empty.records.length, 0);
    assert.match(await holds("export", empty.file, "--state", state), /: no events,/);
    const nothing = await verify("export", keep(""));
    assert.deepEqual([nothing.code, nothing.said.trim()], [1, "this is not an export"]);
    const again = await verify("export", second.file, "--state", state);
    assert.equal(again.code, 2, again.said);
    writeFileSync(state, readFileSync(state).fill(1, 100, 101));
    const damaged = await verify("export", empty.file, "--state", state);
    assert.equal(damaged.code, 2, damaged.said);
  }
});

test("a completeness proof is verified", async () => {
  const proof = JSON.parse(await log.download("/v1/accounts/acme/completeness", tokens.acme));
  assert.match(await holds("completeness", keep(JSON.stringify(proof))), new RegExp(`acme had account_version ${proof.account_version} `));
  const other = Buffer.alloc(32, 1).toString("base64");
  const changes = {
    account_id: "birch", account_version: proof.account_version - 1, account_root: other, siblings: [...proof.siblings, other],
    heads: proof.heads.replace(/\nindex \d+\n/, "\nindex 0\n"),
  };
  for (const [name, value] of Object.entries(changes))
    await fails(undefined, name, "completeness", keep(JSON.stringify({ ...proof, [name]: value })));
});

test("proofs of events are verified", async () => {
  const size = sizeOf(await log.caughtUp());
  for (const position of [1, 256, 257, size]) {
    const { stdout } = await run(process.env.GATEHOUSE, ["proof", "--event", String(position), "--data", log.data]);
    assert.match(await holds("proof", keep(stdout)), new RegExp(`position ${position} `));
  }
  const { positions } = await takeExport("acme", "ndjson");
  const proof = (await log.download(`/v1/accounts/acme/events/${positions[7]}/proof`, tokens.acme)).toString();
  await holds("proof", keep(proof));
  const [title, extra, index, first, second, ...rest] = proof.split("\n");
  await fails(positions[7], "two hashes swapped", "proof", keep([title, extra, index, second, first, ...rest].join("\n")));
  const other_root = proof.replace(/\n(.)(.{42}=)\n\n—/, (_, letter, end) => `\n${letter === "A" ? "B" : "A"}${end}\n\n—`);
  await fails(undefined, "another root", "proof", keep(other_root));
  await fails(positions[7] + 1, "another index", "proof", keep([title, extra, `index ${positions[7]}`, first, second, ...rest].join("\n")));
});

test("the tiles are verified, also between two checkpoints", async () => {
  const old = await log.caughtUp();
  await log.grow(60);
  const now = await log.caughtUp();
  const [size, rest] = [sizeOf(now), sizeOf(now) % 256];
  assert.match(await holds("tiles", log.prefix), new RegExp(`all ${size} entries`));
  const pair = ["checkpoints", keep(old), keep(now), "--tiles"];
  assert.match(await holds(...pair, log.prefix), new RegExp(`${size - sizeOf(old)} events were added`));
  await fails(undefined, "the wrong way round", "checkpoints", keep(now), keep(old), "--tiles", log.prefix);

  let path, at;
  const proxy = await startProxy(log.url, (asked, bytes) => {
    if (asked === `/log/${path}`) bytes[at] ^= 1;
  });
  const shows = async (file, byte, position, command = ["tiles"]) => {
    [path, at] = [file, byte];
    await fails(position, `${file} at ${byte}`, ...command, `${proxy.url}/log`);
  };
  try {
    const last = `00${Math.floor(size / 256)}.p/${rest}`;
    await shows("tile/entries/000", 42 * 30 + 20, 31);
    await shows("tile/entries/001", 42 * 7, 264);
    await shows(`tile/entries/${last}`, 42 * (rest - 1) + 41, size);
    await shows("tile/0/001", 32 * 8, 265);
    await shows(`tile/0/${last}`, 32 * (rest - 1) + 31, size);
    await shows(`tile/1/000.p/${Math.floor(size / 256)}`, 40, 257);
    await shows("checkpoint", 60, undefined);
    await shows(`tile/0/${last}`, 40, 256 * Math.floor(size / 256) + 2, pair);
    await shows(`tile/1/000.p/${Math.floor(size / 256)}`, 40, 257, pair);
  } finally {
    await proxy.close();
  }
});

test("an export comes through a pipe too", async () => {
  const { file, text } = await takeExport("acme", "csv");
  const piped = (given, place) => run("sh", ["-c", `cat ${given} | ${python} ${verifier} export ${place} --key '${log.key}'`]);
  for (const place of ["-", "/dev/stdin"]) assert.equal((await piped(file, place)).code, 0);
  assert.equal((await piped(keep(text.slice(0, -9000)), "-")).code, 1);
  assert.equal((await run("sh", ["-c", `${python} ${verifier} export - --key '${log.key}' < ${file}`])).code, 0);
});

test("an export that several processes verify is verified like a small one", async () => {
  await log.grow(400);
  const taken = await takeExport("all", "ndjson");
  assert.ok(taken.text.length > 17 * 65536, `${taken.text.length}`);
  await holds("export", taken.file);
  const changes = changesOf(taken, true);
  for (let next = 0; next < changes.length; next += 4)
    await Promise.all(changes.slice(next, next + 4).map(([position, what, file]) => fails(position, what, "export", file)));
});

test("an error that the server answered is no export", async () => {
  for (const path of ["/v1/platform/export", "/v1/accounts/acme/completeness"]) {
    const answer = await fetch(log.url + path);
    const problem = await answer.text();
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    for (const command of ["export", "completeness", "proof"]) {
      const { code, said } = await verify(command, keep(problem));
      assert.equal(code, 2, said);
      assert.equal(said, `this is an error answer of the server: ${JSON.parse(problem).title}`);
    }
  }
});

test("without a file, a server or a key that it can use it says that it could not try", async () => {
  const { file } = await takeExport("acme", "ndjson");
  const other = await run(python, [verifier, "export", file, "--key", "gatehouse/other+00000000+AAAA"]);
  assert.equal(other.code, 2, other.said);
  for (const words of [["export", join(folder, "none")], ["tiles", "http://127.0.0.1:1/log"], ["nothing"], ["export", file, "--nothing"]]) {
    const { code, said } = await verify(...words);
    assert.equal(code, 2, said);
  }
});
