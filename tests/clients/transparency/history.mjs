// What both suites need: a server whose log has a history of two accounts, programs that are run on what it published, and a proxy
// that changes some of it on the way.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { startGatehouse } from "../gatehouse.mjs";

export const accounts = ["acme", "birch"];

const batch_max = 100;

// Two accounts with `members` members each. `grow` adds as many again as it is told, in batches by turns.
export async function startWithHistory(members, data = undefined) {
  const gatehouse = await startGatehouse([], data);
  const platform = gatehouse.token({ user: "operator", scope: "platform" });
  const owners = {};
  for (const account_id of accounts) {
    const owner = { user_id: `owner-${account_id}`, email: `owner@${account_id}.example`, name: "The owner" };
    await gatehouse.command(platform, "platform", { type: "OpenAccount", account_id, name: `${account_id}, "Ltd"`, owner });
    owners[account_id] = gatehouse.token({ user: owner.user_id, account: account_id });
  }
  let number = 0;
  const add = async (account, count) => {
    const commands = Array.from({ length: count }, () => {
      const user_id = `user-${number++}`;
      return { type: "AddMember", user_id, email: `${user_id}@${account}.example`, name: `Zoë "${number}", of ${account}` };
    });
    await gatehouse.command(owners[account], `accounts/${account}`, { commands });
  };
  const grow = async (count) => {
    for (let left = count; left > 0; left -= batch_max) {
      for (const account of accounts) await add(account, Math.min(left, batch_max));
    }
  };
  await grow(members);

  const prefix = `${gatehouse.url}/log`;
  const key = (await (await fetch(`${prefix}/verifier-key`)).text()).trim();
  const checkpoint = async () => (await fetch(`${prefix}/checkpoint`)).text();
  // What the server answers, byte by byte; it must be a 200.
  const download = async (path, bearer, accept = "*/*") => {
    const answer = await fetch(gatehouse.url + path, { headers: { ...(bearer && { Authorization: `Bearer ${bearer}` }), Accept: accept } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${bytes}`);
    return bytes;
  };
  // The checkpoint, when everything that was acknowledged so far is below it: whoever grew last has a completeness proof then.
  const caughtUp = async () => {
    await download(`/v1/accounts/${accounts.at(-1)}/completeness`, owners[accounts.at(-1)]);
    return checkpoint();
  };
  return { ...gatehouse, owners, grow, prefix, key, checkpoint, caughtUp, download };
}

export const sizeOf = (checkpoint) => Number(checkpoint.split("\n")[1]);

// How a program ended, and all that it said.
export const run = (program, words, options = {}) =>
  new Promise((resolve) =>
    execFile(program, words, { encoding: "utf8", maxBuffer: 1 << 28, ...options }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, said: (stdout + stderr).trim(), stdout })));

// Hands on what `target` answers to a GET, as `change(path, bytes)` leaves it.
export async function startProxy(target, change) {
  const server = createServer(async (request, response) => {
    const answer = await fetch(target + request.url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    change(request.url, bytes);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
