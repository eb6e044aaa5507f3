// What visitors do, step by step, as they would.
import assert from "node:assert/strict";
import { finish, openWindow, withBrowser } from "./browser.mjs";

const service = process.argv[2];
const journeys = [galapagos, italianNaturalSites, asOf1994, slip, arabic, lost];

const failures = [];
await withBrowser(async (browser) => {
  for (const journey of journeys) {
    const { page, context, complaints } = await openWindow(browser, service, { viewport: { width: 390, height: 844 } });
    try {
      await journey(page);
    } catch (error) {
      failures.push(`${journey.name} at ${page.url()}: ${error.message}`);
    }
    failures.push(...complaints.map((complaint) => `${journey.name}: ${complaint}`));
    await context.close();
  }
});
finish(failures, `${journeys.length} journeys went well`);

function heading(page) {
  return page.locator("h1").innerText();
}

/** Search → site → a neighbour → back to the results, which still have their filter. */
async function galapagos(page) {
  await page.goto("/");
  await page.getByRole("searchbox").fill("galapagos");
  await page.getByRole("button", { name: "Search" }).click();
  assert.match(page.url(), /\/sites\?.*q=galapagos/);
  await page.locator("ol.sites a").filter({ hasText: "Galápagos" }).first().click();
  assert.match(page.url(), /\/sites\/1$/);
  assert.match(await heading(page), /Galápagos/);
  await page.locator("section", { has: page.locator("h2", { hasText: "Nearby" }) }).locator("a[href*='/sites/']").first().click();
  assert.doesNotMatch(page.url(), /\/sites\/1$/);
  await page.goBack();
  await page.goBack();
  assert.match(page.url(), /q=galapagos/);
  assert.equal(await page.locator("form#filters input[name=q]").inputValue(), "galapagos");
}

/** The filters narrow the list, keep their state, and one of them can be dropped again. */
async function italianNaturalSites(page) {
  await page.goto("/sites");
  const filters = page.locator("form#filters");
  await filters.getByLabel("Natural").check();
  await filters.getByLabel("Country").selectOption("it");
  await filters.getByRole("button", { name: "Show sites" }).click();
  assert.match(await heading(page), /natural sites? in Italy/);
  const count = Number((await heading(page)).match(/\d+/)[0]);
  assert.equal(await page.locator("ol.sites > li").count(), count);
  assert.ok(await filters.getByLabel("Natural").isChecked());
  assert.equal(await filters.getByLabel("Country").inputValue(), "it");
  await page.locator("p.chosen a", { hasText: "Natural" }).click();
  assert.doesNotMatch(page.url(), /category=natural/);
  assert.ok(Number((await heading(page)).match(/\d+/)[0]) > count);
}

/** The List as it was: fewer sites, none inscribed later, and the page says what cannot be known. */
async function asOf1994(page) {
  await page.goto("/sites");
  const now = Number((await heading(page)).replaceAll(",", "").match(/\d+/)[0]);
  await page.goto("/sites?as_of=1994");
  assert.match(await heading(page), /1994/);
  const then = Number((await page.locator("p.lede").innerText()).replaceAll(",", "").match(/\d+/)[0]);
  assert.ok(then < now, `${then} then, ${now} now`);
  for (const year of await page.locator("ol.sites .year").allInnerTexts()) assert.ok(Number(year) <= 1994, year);
  await page.locator("nav.years a", { hasText: "1980s" }).first().click();
  assert.match(page.url(), /as_of=1989/);
}

/** Whoever typed what cannot be is led to the field, and what was typed is still there to be mended. */
async function slip(page) {
  await page.goto("/sites?category=natural");
  const filters = page.locator("form#filters");
  await filters.getByLabel("Inscribed").fill("1978-1990");
  await filters.getByRole("button", { name: "Show sites" }).click();
  await page.locator(".notice.bad a[href='#f-inscribed']").click();
  assert.match(page.url(), /#f-inscribed$/);
  const field = filters.getByLabel("Inscribed");
  assert.equal(await field.inputValue(), "1978-1990");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.fill("1978..1990");
  await filters.getByRole("button", { name: "Show sites" }).click();
  assert.match(await heading(page), /natural sites/);
}

/** An Arabic page runs from right to left, and what stays English in it says so. */
async function arabic(page) {
  await page.goto("/sites?region=ARB&lang=ar");
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  assert.equal(await page.locator("html").getAttribute("lang"), "ar");
  const first = page.locator("ol.sites > li > a").first();
  const box = await first.boundingBox();
  const width = page.viewportSize().width;
  assert.ok(box.x + box.width > width / 2, "names begin at the right");
}

/** Whoever is lost finds a way on. */
async function lost(page) {
  const response = await page.goto("/nowhere");
  assert.equal(response.status(), 404);
  assert.ok((await page.locator("main a").count()) >= 2);
  await page.locator("main a[href$='/sites']").first().click();
  assert.match(page.url(), /\/sites$/);
}
