// The desk, as people who keep contacts and curate sites use it: step by step without JavaScript, then every state on the way through
// axe, the W3C's checker and, where somebody wants to look, a camera. The service takes whoever asks for somebody who may do all, but
// whoever has the token of a reader.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { finish, openWindow, withBrowser } from "./browser.mjs";
import { contact, curator, follow } from "./desk_journeys.mjs";

const [service, token, screenshots] = process.argv.slice(2);
const resolve = createRequire(import.meta.url).resolve;
const axe = await readFile(resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const failures = [];
const documents = new Map();
const asked = new Map();
let looks = 0;

/** How a state is looked at in each pass. */
const passes = [
  { width: 1280, colorScheme: "light", scripts: false, number: 1, site: 208 },
  { width: 320, colorScheme: "dark", scripts: true, number: 2, site: 1 },
  { width: 1280, colorScheme: "light", scripts: true, number: 3, site: 94 },
  { width: 360, colorScheme: "dark", scripts: false, number: 4, site: 1133 },
];

await withBrowser(async (browser) => {
  for (const pass of passes) {
    for (const journey of [contact, curator, refused, ...(token ? [forbidden] : [])]) {
      const extraHTTPHeaders = journey === forbidden ? { authorization: `Bearer ${token}` } : {};
      const viewport = { width: pass.width, height: 900 };
      const options = { viewport, colorScheme: pass.colorScheme, javaScriptEnabled: pass.scripts, extraHTTPHeaders };
      const { page, context, complaints } = await openWindow(browser, service, options);
      try {
        await journey(page, { ...pass, look: (page, name) => look(page, name, pass), other: () => open(context), enter: () => {} });
      } catch (error) {
        failures.push(`${journey.name} at ${page.url()} (${pass.width}): ${error.message}`);
      }
      failures.push(...complaints.map((complaint) => `${journey.name}: ${complaint}`));
      await context.close();
    }
  }
});
await validate();
finish(failures, `journeys over the desk, ${looks} looks at ${documents.size} states: no violation, valid HTML, ${asked.size} addresses answer`);

/** Another window of the same browser. */
async function open(context) {
  const page = await context.newPage();
  await follow(page);
  return page;
}

/** What those are told whom another site leads here. */
async function refused(page, { look }) {
  await follow(page);
  await page.setContent(`<form method="post" action="${service}/contacts"><button>Win a prize</button></form>`);
  await page.getByRole("button").click();
  await page.waitForURL(`${service}/contacts`);
  await look(page, "refused");
}

/** What a reader is told where more is needed, who finds no way there either. */
async function forbidden(page, { site, look }) {
  await follow(page);
  const places = { "contact-new": "/contacts/new?case_id=7", "site-edit": `/sites/${site}/edit`, findings: "/sites/findings", audit: "/audit" };
  for (const [name, place] of Object.entries(places)) {
    await page.goto(place);
    assert.equal(page.lastStatus, 403, place);
    await look(page, `forbidden-${name}`);
  }
  for (const place of ["/contacts", `/sites/${site}`]) {
    await page.goto(place);
    assert.equal(page.lastStatus, 200, place);
    assert.equal(await page.locator('main a[href*="/new"], main a[href*="/edit"]').count(), 0, `nothing to write at ${place}`);
  }
}

/** Looks at a state: how wide it is, what axe says, its HTML, and its picture. */
async function look(page, name, { width, colorScheme, scripts }) {
  looks += 1;
  documents.set(name, page.lastDocument);
  const where = `${name} at ${width} ${colorScheme}`;
  if (screenshots && !scripts) {
    await mkdir(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `desk-${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  if (!scripts) {
    await followLinks(page, where);
    return;
  }
  await page.evaluate(axe);
  const result = await page.evaluate(
    (tags) => axe.run(document, { runOnly: tags, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }),
    tags,
  );
  for (const violation of result.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
    failures.push(`${where}: ${violation.id}: ${violation.help}: ${nodes} (${violation.nodes.length})`);
  }
  const excess = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
  if (excess > 0) failures.push(`${where}: ${excess} px wider than the window`);
}

/** Asks every address that a page leads to, with the session of whoever looks at it; what it points at within a page is there. */
async function followLinks(page, where) {
  const hrefs = await page.locator("[href]").evaluateAll((all) => all.map((element) => element.getAttribute("href")));
  for (const href of hrefs) {
    const url = new URL(href, page.url());
    if (url.origin !== new URL(service).origin) continue;
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    const here = new URL(page.url());
    here.hash = "";
    const own = url.href === here.href;
    if (fragment && own && (await page.locator(`[id="${fragment}"]`).count()) !== 1) failures.push(`${where}: nothing at ${href}`);
    if (own || asked.has(url.href)) continue;
    const headers = { accept: "text/html,*/*;q=0.8" };
    const answer = await page.request.get(url.href, { headers, maxRedirects: 0 });
    asked.set(url.href, answer.status());
    // The audit knows contacts that are there no more, and what is refused is so in every language.
    const gone = answer.status() === 404 && /^\/contacts\/\d+$/.test(url.pathname);
    const same = answer.status() === page.lastStatus && url.pathname === here.pathname;
    if (answer.status() !== 200 && !gone && !same) failures.push(`${where}: ${answer.status()} at ${href}`);
    if (fragment && !(await answer.text()).includes(` id="${fragment}"`)) failures.push(`${where}: nothing at ${href}`);
  }
}

/** The W3C's checker over every state, as the service sent it. */
async function validate() {
  const jar = join(dirname(resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const folder = await mkdtemp(join(tmpdir(), "desk-"));
  for (const [name, html] of documents) await writeFile(join(folder, `${name}.html`), await html);
  const { stderr } = await promisify(execFile)(
    "java", ["-jar", jar, "--exit-zero-always", "--format", "json", "--skip-non-html", folder],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  await rm(folder, { recursive: true });
  const messages = JSON.parse(stderr).messages.filter(({ type }) => type === "error" || type === "non-document-error");
  failures.push(...messages.map(({ url, lastLine, message, extract }) => `${url.split("/").pop()}:${lastLine}: ${message}: ${extract?.trim()}`));
}
