// Logins in Chromium without JavaScript: in and out, a second browser, a provider that posts, and one that ends sessions.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { contact, curator } from "./desk_journeys.mjs";

const [service, issuer] = process.argv.slice(2);

/** A browser of somebody: cookies of their own, no scripts. */
async function open(browser) {
  const context = await browser.newContext({ baseURL: service, javaScriptEnabled: false });
  return { context, page: await context.newPage() };
}

/** Fills in what the provider asks, and comes back. */
async function answer(page, name) {
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", "any");
  await page.click("button[type=submit]");
  await page.click("button[type=submit]");
}

async function logIn({ page }, name, path = "/account") {
  await page.goto(path);
  await enter(page, name, path);
}

/** Logs in where a page has asked for that, and comes back to it. */
async function enter(page, name, path) {
  assert.equal(page.url(), `${service}/login?return_to=${encodeURIComponent(path)}`, "people are asked to log in");
  await page.click("text=Log in with Test");
  await answer(page, name);
  assert.equal(page.url(), `${service}${path}`, "they come back to where they wanted to go");
}

async function account(who, name) {
  await logIn(who, name);
  const { page } = who;
  assert.equal(await page.textContent("h1"), "Your account");
}

/** A case, a site, and what the journeys over the desk need. */
function desk(context) {
  return { number: 1, site: 208, look: () => {}, other: () => context.newPage() };
}

async function me({ context }) {
  const response = await context.request.get("/api/me");
  return { status: response.status(), body: await response.json() };
}

const journeys = {
  "in, what may be done, and out": async (browser) => {
    const ada = await open(browser);
    await account(ada, "ada");
    const { status, body } = await me(ada);
    assert.equal(status, 200);
    const { provider, provider_uid, email, name } = body.user;
    assert.deepEqual({ provider, provider_uid, email, name }, {
      provider: "test", provider_uid: "ada", email: "ada@heritage.example", name: "ada Lovelace",
    });
    assert.deepEqual(body.scopes, ["contacts:read", "contacts:write"]);
    const write = (headers) =>
      ada.context.request.post("/api/contacts", { data: { case_id: 7, first_name: "Ada" }, headers });
    const here = { "sec-fetch-site": "same-origin" };
    const without = await write(here);
    assert.deepEqual([without.status(), (await without.json()).code], [403, "form-token"]);
    const token = { "x-csrf-token": body.session.csrf_token };
    const foreign = await write({ ...token, "sec-fetch-site": "cross-site" });
    assert.deepEqual([foreign.status(), (await foreign.json()).code], [403, "cross-site"]);
    const right = await write({ ...token, ...here });
    assert.equal(right.status(), 201, "the right passes");
    await ada.page.click("text=Log out");
    assert.equal(ada.page.url(), `${service}/`);
    assert.equal((await me(ada)).status, 401);
    const cookies = await ada.context.cookies(service);
    assert.deepEqual(cookies.map((cookie) => cookie.name), [], "no cookie is left");
  },

  "contacts at the desk": async (browser) => {
    const { context, page } = await open(browser);
    await contact(page, { ...desk(context), enter: (page) => enter(page, "grace", "/contacts") });
    await page.goto("/audit");
    assert.match(await page.textContent("main"), /audit:read/, "what is missing is said in words");
  },

  "a curator at the desk": async (browser) => {
    const { context, page } = await open(browser);
    await curator(page, { ...desk(context), enter: (page) => enter(page, "ida the curator", "/account") });
  },

  "one browser ends the session of another": async (browser) => {
    const [first, second] = [await open(browser), await open(browser)];
    await logIn(first, "grace");
    await logIn(second, "grace");
    await first.page.goto("/account");
    const rows = first.page.locator("tbody tr");
    assert.equal(await rows.count(), 2);
    await rows.filter({ hasNotText: "(this one)" }).locator("button").click();
    assert.equal(await rows.count(), 1);
    assert.deepEqual([(await me(first)).status, (await me(second)).status], [200, 401]);
    await first.page.click("text=End all sessions");
    assert.equal((await me(first)).status, 401);
  },

  "a provider that posts": async (browser) => {
    const { context, page } = await open(browser);
    await page.goto("/auth/posting");
    await answer(page, "hedy");
    // Without scripts the provider has a button, and then we have one: cookies come with our own form only.
    await page.click("button[type=submit]");
    assert.equal(await page.textContent("h1"), "Nearly there");
    await page.click("text=Continue");
    assert.equal(page.url(), `${service}/account`);
    assert.equal((await me({ context })).body.user.provider, "posting");
  },

  "a provider that ends sessions": async (browser) => {
    const emmy = await open(browser);
    await logIn(emmy, "emmy");
    assert.equal((await me(emmy)).status, 200);
    await emmy.page.goto(`${issuer}/session/end`);
    await emmy.page.click("button[value=yes]");
    for (let turn = 0; turn < 50 && (await me(emmy)).status !== 401; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal((await me(emmy)).status, 401);
  },

  "somebody who thinks better of it": async (browser) => {
    const { page } = await open(browser);
    await page.goto("/auth/test");
    await page.click("text=Cancel");
    assert.equal(await page.textContent("h1"), "This login came to nothing");
    assert.match(await page.textContent(".lede"), /The provider says access_denied/);
  },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
let failures = 0;
for (const [name, journey] of Object.entries(journeys)) {
  try {
    await journey(browser);
    console.log(`    ${name}`);
  } catch (error) {
    failures += 1;
    console.error(`${name}: ${error.stack}`);
  }
}
await browser.close();
if (failures > 0) process.exit(1);
