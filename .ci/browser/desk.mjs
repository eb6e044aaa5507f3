// The desk, as people who keep contacts and curate sites use it: step by step without JavaScript, then every state on the way through
// axe, the W3C's checker and, where somebody wants to look, a camera. The service takes whoever asks for somebody who may do all.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { finish, openWindow, withBrowser } from "./browser.mjs";

const [service, screenshots] = process.argv.slice(2);
const resolve = createRequire(import.meta.url).resolve;
const axe = await readFile(resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const failures = [];
const documents = new Map();
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
    for (const journey of [contact, curator]) {
      const options = { viewport: { width: pass.width, height: 900 }, colorScheme: pass.colorScheme, javaScriptEnabled: pass.scripts };
      const { page, context, complaints } = await openWindow(browser, service, options);
      try {
        await journey(page, { ...pass, look: (page, name) => look(page, name, pass), other: () => context.newPage() });
      } catch (error) {
        failures.push(`${journey.name} at ${page.url()} (${pass.width}): ${error.message}`);
      }
      failures.push(...complaints.map((complaint) => `${journey.name}: ${complaint}`));
      await context.close();
    }
  }
});
await validate();
finish(failures, `two journeys over the desk, ${looks} looks at ${documents.size} states: no violation, and valid HTML`);

/** Looks at a state: how wide it is, what axe says, its HTML, and its picture. */
async function look(page, name, { width, colorScheme, scripts }) {
  looks += 1;
  documents.set(name, page.lastDocument);
  const where = `${name} at ${width} ${colorScheme}`;
  if (screenshots && !scripts) {
    await mkdir(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `desk-${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  if (!scripts) return;
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

/** Keeps what the service sent for a page, as it was sent. */
async function follow(page) {
  page.on("response", async (response) => {
    const isDocument = response.request().resourceType() === "document" && response.status() !== 303;
    if (isDocument) page.lastDocument = response.text().catch(() => "");
  });
}

function heading(page) {
  return page.locator("h1").innerText();
}

function status(page) {
  return page.locator("[role=status]").innerText();
}

/** Create → error → fix → flash → edit → a conflict of two windows → delete → 404 with Add; then the list. */
async function contact(page, { number, look, other }) {
  await follow(page);
  const id = 7000 + number;
  await page.goto("/");
  await page.locator("footer a", { hasText: "Contacts" }).click();
  await page.getByLabel("Number of its case").fill("seven");
  await page.getByRole("button", { name: "Add contact data" }).click();
  assert.equal(await heading(page), "Which case?");
  await look(page, "contact-which");
  await page.getByLabel("Case number").fill(String(id));
  await page.getByRole("button", { name: "Go on" }).click();
  assert.equal(await heading(page), `Add contact data for case #${id}`);
  await look(page, "contact-new");
  await page.getByLabel("First name").fill("محمد عبد الرحمن");
  await page.getByLabel("Last name").fill("x".repeat(260));
  await page.getByLabel("Phone number").fill("ask the office");
  await page.getByLabel("Address").fill("Fort Jesus Road\nMombasa\nKenya");
  await page.getByLabel("Number of the site").fill("1133");
  await page.getByRole("button", { name: "Save contact" }).click();
  assert.match(await page.title(), /^Error: /);
  await look(page, "contact-wrong");
  await page.locator(".notice.bad a", { hasText: "Enter a phone number" }).click();
  assert.match(page.url(), /#phone_no$/);
  assert.equal(await page.getByLabel("First name").inputValue(), "محمد عبد الرحمن");
  assert.equal(await page.getByLabel("Address").inputValue(), "Fort Jesus Road\nMombasa\nKenya");
  await page.getByLabel("Last name").fill("Al-Idrisi");
  await page.getByLabel("Phone number").fill("+254 20 762 1234");
  await page.getByRole("button", { name: "Save contact" }).click();
  assert.equal(await status(page), "Contact created.");
  await look(page, "contact");
  await page.reload();
  assert.equal(await page.locator("[role=status]").count(), 0, "a flash is seen once");

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await look(page, "contact-edit");
  const second = await other();
  await second.goto(`/contacts/${id}/edit`);
  await second.getByLabel("Phone number").fill("112");
  await second.getByRole("button", { name: "Save contact" }).click();
  assert.equal(await status(second), "Contact updated.");
  await second.close();
  await page.getByLabel("Phone number").fill("115");
  await page.getByRole("button", { name: "Save contact" }).click();
  assert.match(await page.locator(".notice.bad").innerText(), /Somebody else has changed this contact/);
  assert.equal(await page.getByLabel("Phone number").inputValue(), "115");
  assert.match(await page.locator("#n-phone_no").innerText(), /112/);
  await look(page, "contact-behind");
  await page.getByRole("button", { name: "Save contact" }).click();
  assert.equal(await status(page), "Contact updated.");

  await page.goto("/contacts?name=idrisi");
  assert.match(await page.locator("table").innerText(), new RegExp(`${id}`));
  await look(page, "contacts");
  await page.goto("/contacts?case_id=x");
  await look(page, "contacts-wrong");
  await page.goto(`/contacts/${id}`);
  await page.getByRole("link", { name: "Delete" }).click();
  await look(page, "contact-delete");
  await page.getByRole("button", { name: "Delete contact" }).click();
  assert.equal(await status(page), "Contact deleted.");
  assert.equal(await heading(page), "Not found");
  await look(page, "contact-missing");
  await page.getByRole("link", { name: "Add contact data" }).click();
  assert.equal(await heading(page), `Add contact data for case #${id}`);
}

/** A year is corrected, seen in public and in the history, handed back; the site leaves the List and comes back; the audit has all. */
async function curator(page, { site, look }) {
  await follow(page);
  await page.goto(`/sites/${site}`);
  await look(page, "site");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await look(page, "site-edit");
  const year = Number(await page.getByLabel("Date inscribed").inputValue());
  await page.getByLabel("Date inscribed").fill("1066");
  await page.getByLabel("Name in English").fill("");
  await page.getByRole("button", { name: "Save site" }).click();
  assert.match(await page.title(), /^Error: /);
  await look(page, "site-wrong");
  await page.goto(`/sites/${site}/edit`);
  await page.getByLabel("Date inscribed").fill(String(year - 1));
  await page.getByLabel("Why", { exact: true }).fill("A slip of the pen");
  await page.getByRole("button", { name: "Save site" }).click();
  assert.equal(await status(page), "Site updated.");
  assert.match(await page.locator("main").innerText(), /A slip of the pen/);
  await look(page, "site-history");
  const answer = await page.request.get(`/api/whcsites/${site}`);
  assert.equal((await answer.json()).data.date_inscribed, year - 1);
  await page.getByRole("link", { name: "The page for everybody" }).click();
  assert.match(await page.locator(".title").first().innerText(), new RegExp(String(year - 1)));
  await look(page, "site-curated");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Hand date_inscribed back to the files" }).click();
  assert.match(await status(page), /handed back/);

  await page.goto(`/sites/${site}/listing`);
  await page.getByRole("button", { name: "Take it off the List" }).click();
  await look(page, "site-listing-wrong");
  await page.getByLabel("Year in which it left").fill("2025");
  await page.getByLabel("Why", { exact: true }).fill("Nothing is left of it");
  await page.getByRole("button", { name: "Take it off the List" }).click();
  assert.equal(await status(page), "The site is off the List.");
  await page.goto(`/sites/${site}`);
  assert.match(await page.locator("main").innerText(), /Left the List in 2025/);
  await page.getByRole("link", { name: "Put it back on the List" }).click();
  await page.getByLabel("Why", { exact: true }).fill("It is there after all");
  await page.getByRole("button", { name: "Put it back on the List" }).click();
  assert.equal(await status(page), "The site is back on the List.");
  await page.goto("/audit");
  await page.getByLabel("Number of a site").fill(String(site));
  await page.getByRole("button", { name: "Show events" }).click();
  assert.equal(await page.locator("tbody tr").count(), 4);
  await look(page, "audit");
  await page.getByRole("link", { name: "Findings" }).click();
  assert.equal(await heading(page), "Findings of the last import");
  await look(page, "findings");
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
