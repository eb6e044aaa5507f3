// The desk, as people who keep contacts and curate sites use it, step by step. `look` is called in every state on the way, `other`
// opens a second window of the same browser, and `enter` logs in where a page asks for that.
import assert from "node:assert/strict";

/** Keeps what the service sent for a page, as it was sent. */
export async function follow(page) {
  page.on("response", async (response) => {
    const isDocument = response.request().resourceType() === "document" && response.status() !== 303;
    if (!isDocument) return;
    page.lastStatus = response.status();
    page.lastDocument = response.text().catch(() => "");
  });
}

function heading(page) {
  return page.locator("h1").innerText();
}

function status(page) {
  return page.locator("[role=status]").innerText();
}

/** Login → create → error → fix → flash → edit → a conflict of two windows → delete → 404 with Add; the lists on the way. */
export async function contact(page, { number, look, other, enter }) {
  await follow(page);
  const id = 7000 + number;
  await page.goto("/");
  await page.locator("footer a", { hasText: "Contacts" }).click();
  await enter(page);
  assert.equal(await heading(page), "Contacts", "whoever logs in comes back");
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

  // As much as a contact can say, where it is shown.
  await page.goto(`/contacts/${id}/edit`);
  for (const label of ["Title", "First name", "Last name"]) await page.getByLabel(label).fill("Wwwwwwwwwwwwwww".repeat(17));
  await page.getByLabel("Address").fill("x".repeat(255));
  await page.getByRole("button", { name: "Save contact" }).click();
  assert.equal(await status(page), "Contact updated.");
  await look(page, "contact-long");
  await page.goto(`/contacts?case_id=${id}`);
  await look(page, "contacts-long");
  await page.goto(`/contacts/${id}/edit`);
  await look(page, "contact-edit-long");
  await page.getByLabel("Title").fill("");
  await page.getByLabel("First name").fill("محمد");
  await page.getByLabel("Last name").fill("Al-Idrisi");
  await page.getByRole("button", { name: "Save contact" }).click();

  await page.goto("/contacts?name=idrisi");
  assert.match(await page.locator("table").innerText(), new RegExp(`${id}`));
  await look(page, "contacts");
  await page.goto("/contacts?case_id=x");
  await look(page, "contacts-wrong");
  await page.goto("/contacts?name=nobody+has+this+name");
  assert.match(await page.locator("main").innerText(), /No contact fits/);
  await look(page, "contacts-empty");
  await page.goto(`/contacts/new?case_id=${id}`);
  assert.equal(await heading(page), `Edit contact data for case #${id}`, "a case has one contact");
  await page.goto(`/contacts/${id}`);
  await page.getByRole("link", { name: "Delete" }).click();
  await look(page, "contact-delete");
  const third = await other();
  await third.goto(`/contacts/${id}/edit`);
  await third.getByLabel("Phone number").fill("113");
  await third.getByRole("button", { name: "Save contact" }).click();
  await page.getByRole("button", { name: "Delete contact" }).click();
  assert.match(await page.locator(".notice.bad").innerText(), /Somebody else has changed this contact/);
  assert.match(await page.locator("main").innerText(), /113/);
  await look(page, "contact-delete-behind");
  await third.goto(`/contacts/${id}/edit`);
  await page.getByRole("button", { name: "Delete contact" }).click();
  assert.equal(await status(page), "Contact deleted.");
  assert.equal(await heading(page), "Not found");
  await look(page, "contact-missing");
  await third.getByLabel("Phone number").fill("114");
  await third.getByRole("button", { name: "Save contact" }).click();
  assert.match(await third.locator(".notice.bad").innerText(), /Somebody has deleted this contact/);
  assert.equal(await third.getByLabel("Phone number").inputValue(), "114");
  await look(third, "contact-gone");
  await third.close();
  await page.getByRole("link", { name: "Add contact data" }).click();
  assert.equal(await heading(page), `Add contact data for case #${id}`);
}

/** A year is corrected, seen in public and in the history, handed back; the site leaves the List and comes back; the audit has all. */
export async function curator(page, { number, site, look, other, enter }) {
  await follow(page);
  await page.goto("/account");
  await enter(page);
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
  const second = await other();
  await second.goto(`/sites/${site}/edit`);
  await second.getByLabel("Area in hectares").fill("123.5");
  await second.getByRole("button", { name: "Save site" }).click();
  assert.equal(await status(second), "Site updated.");
  await page.getByLabel("Area in hectares").fill("321");
  await page.getByRole("button", { name: "Save site" }).click();
  assert.match(await page.locator(".notice.bad").innerText(), /Somebody else has changed this site/);
  assert.match(await page.locator("#n-area_hectares").innerText(), /123.5/);
  await look(page, "site-behind");
  await page.getByRole("button", { name: "Save site" }).click();
  assert.equal(await status(page), "Site updated.");
  await page.goto(`/sites/${site}/edit`);
  await page.getByRole("button", { name: "Hand back date_inscribed to the files" }).click();
  assert.match(await status(page), /handed back/);

  await page.goto(`/sites/${site}/listing`);
  await page.getByRole("button", { name: "Take it off the List" }).click();
  await look(page, "site-listing-wrong");
  await second.goto(`/sites/${site}/edit`);
  await second.getByLabel("Area in hectares").fill("5");
  await second.getByRole("button", { name: "Save site" }).click();
  // A window that closes while its form is on the way may never do so.
  await second.waitForURL((url) => !url.pathname.endsWith("/edit"));
  await second.close();
  await page.getByLabel("Year in which it left").fill("2025");
  await page.getByLabel("Why", { exact: true }).fill("Nothing is left of it");
  await page.getByRole("button", { name: "Take it off the List" }).click();
  assert.match(await page.locator(".notice.bad").innerText(), /Somebody else has changed this site/);
  await look(page, "site-listing-behind");
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
  await page.getByLabel("Case number").fill(String(7000 + number));
  await page.getByRole("button", { name: "Show events" }).click();
  const cells = await page.locator("tbody tr td:nth-of-type(2)").allInnerTexts();
  const actions = cells.map((cell) => cell.split(" ")[0]);
  assert.deepEqual(actions, ["delete", ...Array(5).fill("update"), "create"]);
  await page.goto("/audit?since=yesterday&action=made&case_id=x&site_id=1");
  await look(page, "audit-wrong");
  await page.goto("/audit?actor=nobody");
  await look(page, "audit-empty");
  await page.goto("/audit");
  await page.getByLabel("Number of a site").fill(String(site));
  await page.getByRole("button", { name: "Show events" }).click();
  // Corrected, corrected by two, handed back, changed by another, taken off the List and put back.
  assert.equal(await page.locator("tbody tr").count(), 7);
  await look(page, "audit");
  await page.getByRole("link", { name: "Findings" }).click();
  assert.equal(await heading(page), "Findings of the last import");
  await look(page, "findings");
}
