// A real Prometheus scrapes real servers with the files of ops/: the rules hold what their tests say, every expression finds its figures, and the
// table in docs/operations.md tells of every figure there is.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startAcme, startGatehouse } from "../gatehouse.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const ops = join(root, "ops");
const operations = readFileSync(join(root, "docs/operations.md"), "utf8");
const dashboard = JSON.parse(readFileSync(join(ops, "grafana-dashboard.json"), "utf8"));

const folder = mkdtempSync(join(tmpdir(), "gatehouse-monitoring-"));
const started = [];
let acme, secure, full, prometheus_url;

// Asks until the answer does, for a minute.
async function until(ask, does) {
  for (let round = 0; ; ++round) {
    const answer = await ask();
    if (does(answer)) return answer;
    if (round === 600) throw new Error(`it never came to be: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
// Ends with the tests.
function start(program, more) {
  const child = spawn(program, more, { stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  started.push(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  return child;
}
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
const address = (url) => new URL(url).host;
const promtool = (more, input) => spawnSync("promtool", more, { encoding: "utf8", input, cwd: ops });

async function startWitness(data, log_key) {
  const child = start(process.env.GATEHOUSE, ["witness", "--data", data, "--listen", "127.0.0.1:0", "--name", "w1.example", "--log", log_key]);
  const url = await new Promise((resolve) => createInterface({ input: child.stdout }).on("line", (line) => {
    const found = /listens on port (\d+)/.exec(line);
    if (found) resolve(`http://127.0.0.1:${found[1]}`);
  }));
  const key = execFileSync(process.env.GATEHOUSE, ["witness", "--data", data, "--name", "w1.example", "--print-key"], { encoding: "utf8" }).trim();
  return { url, key };
}

// The scrape configuration as it is shipped, with another target, more often, and with the other servers, one over TLS.
function scratchConfiguration() {
  copyFileSync(join(ops, "alerts.yml"), join(folder, "alerts.yml"));
  const shipped = readFileSync(join(ops, "prometheus.yml"), "utf8");
  const here = shipped.replaceAll("interval: 15s", "interval: 1s").replace("127.0.0.1:8080", address(acme.url));
  assert.notEqual(here, shipped);
  const token = secure.token({ user: "prometheus", scope: "ops" });
  writeFileSync(join(folder, "token"), token);
  return `${here}
  - job_name: secure
    scheme: https
    tls_config: { ca_file: ${join(folder, "chain.pem")} }
    authorization: { credentials_file: ${join(folder, "token")} }
    relabel_configs: [{ target_label: job, replacement: gatehouse }]
    static_configs: [{ targets: ["${address(secure.url)}"] }]
  - job_name: full
    relabel_configs: [{ target_label: job, replacement: gatehouse }]
    static_configs: [{ targets: ["${address(full.url)}"] }]
`;
}

async function ask(path, parameters = {}) {
  const answer = await fetch(`${prometheus_url}${path}?${new URLSearchParams(parameters)}`);
  return answer.json();
}
const query = async (expression) => ask("/api/v1/query", { query: expression });
const series = async (expression) => (await query(expression)).data?.result ?? [];

before(async () => {
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", join(folder, "key.pem"), "-out", join(folder, "chain.pem")], { stdio: "ignore" });
  writeFileSync(join(folder, "secure.toml"), `tls = { certificate_chain = "${folder}/chain.pem", private_key = "${folder}/key.pem" }\n`);
  secure = await startGatehouse(["--config", join(folder, "secure.toml")]);
  started.push(secure.stop);
  writeFileSync(join(folder, "full.toml"), `disk = { free_bytes_min = ${2 ** 50} }\n`);
  const emptied = await startGatehouse();  // a log is not made on a disk without room
  await emptied.kill();
  full = await startGatehouse(["--config", join(folder, "full.toml")], emptied.data);
  started.push(full.stop);

  const data = join(folder, "data");
  const log_key = execFileSync(process.env.GATEHOUSE, ["verifier-key", "--create", "--data", data, "--origin", "log.example"], { encoding: "utf8" }).trim();
  const witness = await startWitness(join(folder, "witness"), log_key);
  writeFileSync(join(folder, "gatehouse.toml"), `[transparency]
origin = "log.example"
witnesses = [{ url = "${witness.url}", key = "${witness.key}" }]
[backup]
directory = "${folder}/backups"
keys_directory = "${folder}/keys"
interval = "1h"
`);
  acme = await startAcme(["--config", join(folder, "gatehouse.toml")], data);
  started.push(acme.stop);
  await acme.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
  await acme.as_user("mia", { type: "RequestPreApproval", app_id: "notes" });
  const refused = await acme.call("POST", "/v1/accounts/acme/commands", acme.owner, { type: "RemoveMember", user_id: "nobody" });
  assert.equal(refused.status, 404);

  writeFileSync(join(folder, "prometheus.yml"), scratchConfiguration());
  const port = await freePort();
  const prometheus = start("prometheus", [`--config.file=${join(folder, "prometheus.yml")}`, `--storage.tsdb.path=${join(folder, "tsdb")}`,
    `--web.listen-address=127.0.0.1:${port}`, "--log.level=warn"]);
  prometheus.stdout.resume();
  prometheus.stderr.resume();
  prometheus_url = `http://127.0.0.1:${port}`;
  await until(async () => fetch(`${prometheus_url}/-/ready`).then((answer) => answer.status, () => 0), (status) => status === 200);
  // Twice, so that there are rates.
  await until(async () => series('count_over_time(up{job="gatehouse"}[5m]) > 1 and up == 1'), (found) => found.length === 3);
  await until(async () => series("gatehouse_backup_last_success_timestamp_seconds and on (instance) gatehouse_scrub_last_success_timestamp_seconds"), (found) => found.length === 1);
});
after(async () => {
  for (const stop of started.reverse()) await stop();
  rmSync(folder, { recursive: true });
});

// { name: { type, labels } } of a text in Prometheus' form; the parts of a histogram under its own name.
function figuresOf(text) {
  const figures = {};
  for (const line of text.split("\n")) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type) figures[type[1]] = { type: type[2], labels: new Set() };
    const sample = /^([a-z_0-9]+)(?:\{(.*)\})? /.exec(line);
    if (!sample || line.startsWith("#")) continue;
    const name = sample[1] in figures ? sample[1] : sample[1].replace(/_(bucket|sum|count)$/, "");
    for (const [, label] of (sample[2] ?? "").matchAll(/([a-z_]+)="(?:[^"\\]|\\.)*"/g)) if (label !== "le") figures[name].labels.add(label);
  }
  return figures;
}
const textOf = async (server) => (await fetch(`${server.url}/metrics`)).text();
// Of both servers: the second one's certificate is trusted by Prometheus alone, which has read it.
async function allFigures() {
  const figures = figuresOf(await textOf(acme));
  for (const { metric } of await series('{__name__=~"gatehouse_tls_.+"}')) figures[metric.__name__] = { type: "gauge", labels: new Set() };
  return figures;
}
const namesIn = (text) => new Set([...text.matchAll(/\b(?:gatehouse|process)_[a-z0-9_]+/g)].map(([name]) => name));
const panels = dashboard.panels.filter((panel) => panel.type !== "row");
// As Grafana would ask, with all instances.
const asked = (expression) => expression.replaceAll("$instance", ".*").replaceAll("$__rate_interval", "1m");

test("promtool finds nothing wrong with the rules, the configuration, the tests of the rules and the figures", async () => {
  for (const more of [["check", "rules", "alerts.yml"], ["check", "config", "prometheus.yml"], ["test", "rules", "alerts_test.yml"]]) {
    const checked = promtool(more);
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  }
  const checked = promtool(["check", "metrics"], await textOf(acme));
  assert.equal(checked.status, 0, checked.stderr);
  assert.equal(checked.stderr + checked.stdout, "");
});

test("every alert is evaluated, only by figures that exist, and tells a section of the documentation", async () => {
  const answer = await until(async () => ask("/api/v1/rules"), ({ data }) => data.groups.every((group) => group.rules.every((rule) => rule.health !== "unknown")));
  const rules = answer.data.groups.flatMap((group) => group.rules);
  const figures = await allFigures();
  const sections = new Set([...operations.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^a-z0-9 -]/g, "").replaceAll(" ", "-")));
  assert.ok(rules.length > 25);
  for (const rule of rules) {
    assert.equal(rule.health, "ok", `${rule.name}: ${rule.lastError}`);
    for (const name of namesIn(rule.query)) assert.ok(name in figures || name.replace(/_bucket$/, "") in figures, `${rule.name}: ${name}`);
    const [, section] = /^docs\/operations\.md#(.+)$/.exec(rule.annotations.runbook);
    assert.ok(sections.has(section), `${rule.name}: ${section}`);
    assert.match(rule.labels.severity, /^(critical|warning)$/);
  }
});

test("a server whose disk is full raises the alert for it, and those that are well raise none", async () => {
  const firing = async () => (await ask("/api/v1/alerts")).data.alerts.filter((alert) => alert.state === "firing").map(({ labels }) => [labels.instance, labels.alertname]);
  const found = await until(firing, (alerts) => alerts.length > 0);
  assert.deepEqual(found, [[address(full.url), "GatehouseReadOnly"]]);
  assert.deepEqual((await series("gatehouse_ready == 0")).map(({ metric }) => metric.instance), [address(full.url)]);
});

test("every query of the dashboard finds its figures", async () => {
  assert.deepEqual(dashboard.panels.filter((panel) => panel.type === "row").map((row) => row.title),
    ["Traffic", "Commands", "Commit", "Projections", "Outbound", "Storage", "Process"]);
  assert.ok(dashboard.templating.list.some((variable) => variable.name === "instance" && variable.multi));
  assert.equal(new Set(dashboard.panels.map((panel) => panel.id)).size, dashboard.panels.length);
  const figures = await allFigures();
  for (const panel of panels) {
    for (const { expr } of panel.targets) {
      for (const name of namesIn(expr)) assert.ok(name in figures || name.replace(/_(bucket|sum|count)$/, "") in figures, `${panel.title}: ${name}`);
      assert.ok(expr.includes('instance=~"$instance"'), `${panel.title}: ${expr}`);
      const answer = await query(asked(expr));
      assert.equal(answer.status, "success", `${panel.title}: ${answer.error}`);
      assert.ok(answer.data.result.length > 0, `${panel.title}: nothing for ${asked(expr)}`);
    }
  }
});

test("the table of the documentation has every figure, with its type and labels, and no other", async () => {
  const figures = await allFigures();
  const rows = [...operations.matchAll(/^\| `((?:gatehouse|process)_[a-z0-9_]+)` \| (\w+) \|([^|]*)\| (.+) \|.*\|$/gm)];
  const told = Object.fromEntries(rows.map(([, name, type, labels]) => [name, { type, labels: [...labels.matchAll(/`([a-z_]+)`/g)].map(([, label]) => label).sort() }]));
  const found = Object.fromEntries(Object.entries(figures).map(([name, { type, labels }]) => [name, { type, labels: [...labels].sort() }]));
  assert.equal(rows.length, Object.keys(told).length, "a figure stands twice");
  assert.deepEqual(told, found);
});

test("a figure that is away is not found, so that these tests can fail", async () => {
  assert.deepEqual(await series("gatehouse_nothing"), []);
  assert.notEqual((await query("rate(gatehouse_ready")).status, "success");
});
