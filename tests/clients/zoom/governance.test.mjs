// The vendor's own client governs an account: every operation that it has for it, errors included.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MarketplaceEndpoints } from "@zoom/rivet/marketplace";
import { startAcme } from "../gatehouse.mjs";

let acme, client;

const clientFor = (scope, user = "olga") => {
  const token = acme.token({ user, account: "acme", scope });
  return new MarketplaceEndpoints({ auth: { getToken: () => token }, baseUrl: `${acme.url}/v2` });
};
const refused = (call, pattern) => assert.rejects(call, (error) => {
  assert.equal(error.name, "ApiResponseError");
  assert.match(error.message, pattern);
  return true;
});
const appIds = async (type) => (await client.app.listApps({ query: { type } })).data.apps.map((app) => app.app_id);
const mayInstall = async (user) =>
  (await acme.call("GET", "/v1/accounts/acme/apps/notes/installability", acme.token({ user, account: "acme" }))).body.allowed;
const preApprove = (body) => client.app.updateAppPreApprovalSetting({ path: { appId: "notes" }, body });
const ask = (user) => acme.as_user(user, { type: "RequestPreApproval", app_id: "notes", reason: "Weekly review" });

before(async () => {
  acme = await startAcme();
  await acme.as_owner({ type: "SetApprovalPolicy", class: "public", required: true, exempt_platform: false, exempt_account: false });
  client = clientFor("marketplace_app:read:admin marketplace_app:write:admin");
});
after(() => acme.stop());

test("listApps tells which apps are asked for, public, approved", async () => {
  assert.deepEqual(await appIds("public"), ["notes"]);
  assert.deepEqual(await appIds("active_requests"), []);
  await ask("mia");
  const answer = await client.app.listApps({ query: { page_size: 1 } });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.data.page_size, 1);
  assert.ok(answer.trackingId);
  assert.equal(answer.data.apps[0].request_pending_number, 1);
  assert.equal(answer.data.apps[0].approval_info.app_approval_closed, false);
});

test("getInformationAboutApp tells what an app needs", async () => {
  const { data } = await client.app.getInformationAboutApp({ path: { appId: "notes" } });
  assert.equal(data.app_requirements.user_role, "user");
  assert.deepEqual(data.app_scopes, ["user:read:user"]);
  await refused(client.app.getInformationAboutApp({ path: { appId: "absent" } }), /\[404\/1401\].*App ID does not exist: absent/);
});

test("getAppsUserRequests and getUsersAppRequests tell who asked", async () => {
  const { data } = await client.app.getAppsUserRequests({ path: { appId: "notes" }, query: { status: "pending" } });
  assert.equal(data.requests[0].request_user_email, "mia@acme.example");
  assert.equal(data.requests[0].request_user_department, "Sales");
  const own = await client.app.getUsersAppRequests({ path: { userId: "mia" }, query: { type: "active_requests" } });
  assert.equal(own.data.apps[0].request_status, "pending");
  await refused(client.app.getUsersAppRequests({ path: { userId: "nobody" } }), /\[404\/1001\]/);
});

test("updateAppsRequestStatus decides", async () => {
  const decide = (body) => client.app.updateAppsRequestStatus({ path: { appId: "notes" }, body });
  assert.equal((await decide({ action: "approve", request_user_ids: ["mia"] })).statusCode, 204);
  assert.equal(await mayInstall("mia"), true);
  assert.equal(await mayInstall("max"), false);
  await refused(decide({ action: "approve", request_user_ids: ["mia"] }), /\[400\/1500\]/);
  await ask("max");
  assert.equal((await decide({ action: "decline_all" })).statusCode, 204);
  assert.equal(await mayInstall("mia"), false);
  assert.deepEqual(await appIds("past_requests"), ["notes"]);
});

test("updateAppPreApprovalSetting switches pre-approval", async () => {
  await refused(preApprove({ action: "disapprove_all" }), /\[400\/1404\].*application_pre_approved_status_off/);
  const all = await preApprove({ action: "approve_all" });
  assert.equal(all.statusCode, 201);
  assert.ok(all.data.executed_at);
  assert.equal(await mayInstall("max"), true);
  assert.deepEqual(await appIds("approved_apps"), ["notes"]);
  await preApprove({ action: "disapprove_all" });
  await preApprove({ action: "approve_group", group_ids: ["sales"] });
  assert.equal(await mayInstall("max"), true);
  assert.equal(await mayInstall("olga"), false);
  await refused(preApprove({ action: "approve_user", user_ids: Array.from({ length: 21 }, (_, at) => `u${at}`) }), /\[400\/300\]/);
});

test("addAppAllowRequestsForUsers and enableOrDisableUserAppSubscription give and take", async () => {
  const add = await client.app.addAppAllowRequestsForUsers({ path: { appId: "notes" }, body: { action: "add_user", user_ids: ["mia"] } });
  assert.equal(add.statusCode, 201);
  assert.deepEqual(add.data.user_ids, ["mia"]);
  assert.deepEqual(await appIds("account_added"), ["notes"]);
  const change = (action) => client.app.enableOrDisableUserAppSubscription({ path: { userId: "mia", appId: "notes" }, body: { action } });
  assert.equal((await change("disable")).statusCode, 204);
  assert.equal((await change("enable")).statusCode, 204);
});

test("what the token or the role does not allow is refused as the vendor does", async () => {
  await refused(clientFor("marketplace:read:something:admin").app.listApps({}), /\[400\/4700\].*does not contain scopes/);
  await refused(clientFor("marketplace_app:read:admin", "mia").app.listApps({}), /\[403\/403\].*MarketPlace:Read/);
  const stranger = new MarketplaceEndpoints({ auth: { getToken: () => "no.token.atall" }, baseUrl: `${acme.url}/v2` });
  await refused(stranger.app.listApps({}), /\[401\/124\]/);
});
