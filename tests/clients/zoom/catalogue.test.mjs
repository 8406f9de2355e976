// The vendor's own client keeps the account's apps: creation, manifests, secrets, and the tokens that they are for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MarketplaceEndpoints } from "@zoom/rivet/marketplace";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { startAcme } from "../gatehouse.mjs";

let acme, client;

const clientWith = (token) => new MarketplaceEndpoints({ auth: { getToken: () => token }, baseUrl: `${acme.url}/v2` });
const refused = (call, pattern) => assert.rejects(call, (error) => {
  assert.match(error.message, pattern);
  return true;
});
const body = {
  app_type: "s2s_oauth", app_name: "Reports", contact_name: "Contact", contact_email: "contact@acme.example",
  company_name: "Acme", scopes: ["marketplace:read:list_apps:admin"],
};
const manifest = {
  display_information: { display_name: "Helper" },
  oauth_information: { usage: "USER_OPERATION", scopes: [{ scope: "user:read:user", optional: false }] },
};
const askForToken = (credentials, form) => fetch(`${acme.url}/oauth/token`, {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(`${credentials.client_id}:${credentials.client_secret}`)}` },
  body: new URLSearchParams(form),
});

before(async () => {
  acme = await startAcme();
  const scope = "marketplace:read:app:admin marketplace:write:app:admin marketplace:update:client_secret";
  client = clientWith(acme.token({ user: "olga", account: "acme", scope }));
});
after(() => acme.stop());

test("createApps gives credentials that get a token, which works as the creator's", async () => {
  const { statusCode, data } = await client.app.createApps({ body });
  assert.equal(statusCode, 201);
  const answer = await askForToken(data.production_credentials, { grant_type: "account_credentials", account_id: "acme" });
  assert.equal(answer.status, 200);
  const { access_token, token_type, expires_in, scope } = await answer.json();
  assert.deepEqual([token_type, expires_in, scope], ["bearer", 3600, "marketplace:read:list_apps:admin"]);
  assert.equal(decodeProtectedHeader(access_token).typ, "at+jwt");
  const claims = decodeJwt(access_token);
  assert.equal(claims.sub, "olga");
  assert.equal(claims.client_id, data.production_credentials.client_id);
  assert.equal(claims.exp - claims.iat, 3600);
  const listed = await clientWith(access_token).app.listApps({ query: { type: "account_created" } });
  assert.deepEqual(listed.data.apps.map((app) => app.app_name), ["Reports"]);
});

test("a wrong secret gets none", async () => {
  const answer = await askForToken({ client_id: "nobody", client_secret: "wrong" }, { grant_type: "client_credentials" });
  assert.equal(answer.status, 401);
  assert.equal((await answer.json()).error, "invalid_client");
});

test("createApps says what is wrong", async () => {
  await refused(client.app.createApps({ body: { ...body, app_name: "x".repeat(51) } }), /\[400\/300\]/);
  await refused(client.app.createApps({ body: { ...body, app_type: "general" } }), /\[400\/300\]/);
  const reader = clientWith(acme.token({ user: "olga", account: "acme", scope: "marketplace:read:app:admin" }));
  await refused(reader.app.createApps({ body }), /\[401\/201\].*does not contain scopes/);
});

test("manifests are validated, exported and replaced", async () => {
  const good = await client.manifest.validateAppManifest({ body: { manifest } });
  assert.deepEqual(good.data, { ok: true, error: "", errors: null });
  const bad = await client.manifest.validateAppManifest({ body: { manifest: { display_information: {} } } });
  assert.equal(bad.data.error, "invalid_manifest");
  assert.ok(bad.data.errors[0].message && bad.data.errors[0].setting);
  const { data } = await client.app.createApps({ body: { ...body, app_type: "general", manifest } });
  const path = { appId: data.app_id };
  const exported = await client.manifest.exportAppManifestFromExistingApp({ path });
  assert.deepEqual(exported.data.manifest, manifest);
  const renamed = { ...manifest, display_information: { display_name: "Renamed" } };
  assert.equal((await client.manifest.updateAppByManifest({ path, body: { manifest: renamed } })).statusCode, 204);
  assert.deepEqual((await client.manifest.exportAppManifestFromExistingApp({ path })).data.manifest, renamed);
  await refused(client.manifest.updateAppByManifest({ path, body: { manifest: {} } }), /\[400\/300\]/);
});

test("rotateClientSecret gives the old secret its end", async () => {
  const { data } = await client.app.createApps({ body });
  const rotate = (fields) => client.app.rotateClientSecret({ path: { appId: data.app_id }, body: fields });
  const later = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  const fresh = await rotate({ action: "new", revoke_old_secret_time: later });
  assert.equal(fresh.statusCode, 201);
  const old = data.production_credentials;
  const renewed = { client_id: old.client_id, client_secret: fresh.data.new_secret };
  const form = { grant_type: "client_credentials" };
  assert.equal((await askForToken(old, form)).status, 200);
  assert.equal((await askForToken(renewed, form)).status, 200);
  assert.equal((await rotate({ action: "update", revoke_old_secret_time: "now" })).data.new_secret, undefined);
  assert.equal((await askForToken(old, form)).status, 401);
  await rotate({ action: "new", revoke_old_secret_time: "now" });
  await refused(rotate({ action: "new", revoke_old_secret_time: "now" }), /\[400\/2000\]/);
});

test("deletesApp takes the app away for good", async () => {
  const { data } = await client.app.createApps({ body });
  const path = { appId: data.app_id };
  assert.equal((await client.app.deletesApp({ path })).statusCode, 204);
  await refused(client.app.deletesApp({ path }), /\[404\/1401\]/);
  await refused(client.app.deletesApp({ path: { appId: "notes" } }), /\[404\/1401\]/);
});
