// A server of its own for each suite: started on a free port with an empty data directory, ended and removed after it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = process.env.GATEHOUSE;

// On a new data folder, or the one that an earlier server left.
export async function startGatehouse(more = [], data = mkdtempSync(join(tmpdir(), "gatehouse-clients-"))) {
  const server = spawn(program, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...more], { stdio: ["ignore", "pipe", "ignore"] });
  const exited = new Promise((resolve) => server.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    exited.then((code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      const found = /listens on (\S+),/.exec(line);
      if (found) resolve(found[1]);
    });
  });

  const token = ({ user, account, scope = "" }) => {
    const account_arguments = account === undefined ? [] : ["--account", account];
    const out = execFileSync(program, ["token", "--data", data, "--user", user, "--scope", scope, ...account_arguments], { encoding: "utf8" });
    return out.trim().split("\n").at(-1);
  };
  const call = async (method, path, bearer, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(bearer && { Authorization: `Bearer ${bearer}` }), "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
  // Must be accepted.
  const command = async (bearer, door, body) => {
    const answer = await call("POST", `/v1/${door}/commands`, bearer, body);
    if (answer.status !== 200) throw new Error(`${body.type}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const stop = async () => {
    server.kill("SIGTERM");
    await exited;
    rmSync(data, { recursive: true });
  };
  const kill = async () => {
    server.kill("SIGKILL");
    await exited;
  };
  // The history of one stream, read from the data folder while no server runs.
  const history = (account) =>
    execFileSync(program, ["replay", "events", "--data", data, "--account", account], { encoding: "utf8", maxBuffer: 1 << 28 })
      .split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  // Makes every projection anew, while no server runs.
  const rebuild = () => execFileSync(program, ["replay", "rebuild", "--data", data, "--all"], { stdio: "ignore" });
  return { url, data, token, call, command, stop, kill, history, rebuild };
}

// The account acme with its owner olga, the members mia and max and the group sales, and a published app "notes".
export async function startAcme(more = [], data = undefined) {
  const gatehouse = await startGatehouse(more, data);
  const platform = gatehouse.token({ user: "operator", scope: "platform" });
  await gatehouse.command(platform, "platform", {
    type: "OpenAccount", account_id: "acme", name: "Acme", owner: { user_id: "olga", email: "olga@acme.example", name: "Olga" },
  });
  await gatehouse.command(platform, "platform", {
    type: "RegisterApp", app_id: "notes", developer: { kind: "third_party" },
    manifest: {
      display_information: { display_name: "Notes" },
      oauth_information: { usage: "USER_OPERATION", scopes: [{ scope: "user:read:user" }] },
    },
  });
  await gatehouse.command(platform, "platform", { type: "PublishApp", app_id: "notes", listed: true });
  const owner = gatehouse.token({ user: "olga", account: "acme" });
  const as_owner = (body) => gatehouse.command(owner, "accounts/acme", body);
  await as_owner({ type: "AddMember", user_id: "mia", email: "mia@acme.example", name: "Mia", department: "Sales" });
  await as_owner({ type: "AddMember", user_id: "max", email: "max@acme.example", name: "Max" });
  await as_owner({ type: "CreateGroup", group_id: "sales", name: "Sales" });
  await as_owner({ type: "AddGroupMembers", group_id: "sales", user_ids: ["max"] });
  const as_user = (user, body) => gatehouse.command(gatehouse.token({ user, account: "acme" }), "accounts/acme", body);
  return { ...gatehouse, platform, owner, as_owner, as_user };
}
