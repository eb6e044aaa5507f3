// Follows every internal link: it answers 200, and what it points at within a page is there.
import { finish } from "./browser.mjs";
import { pages } from "./pages.mjs";

const service = process.argv[2];
const full = process.env.FULL === "1";
// Filters combine without end: of pages with a query, so many are read for their links; each link of a page that is read is asked.
const mostQueries = full ? 3000 : 60;
const mostPages = full ? 5000 : 250;

const origin = new URL(service).origin;
const answers = new Map(); // address without fragment → { status, ids }
const read = [];
const failures = [];
const waiting = pages.filter(({ status = 200 }) => status === 200).map(({ path }) => ({ address: origin + path, from: "the list of pages" }));
const known = new Set(waiting.map(({ address }) => address));
let queries = 0;

while (waiting.length > 0) {
  await Promise.all(waiting.splice(0, 8).map(visit));
}
for (const { address, from, fragment } of read) {
  const answer = answers.get(address);
  if (answer?.ids && !answer.ids.has(fragment)) failures.push(`${from}: nothing at ${address}#${fragment}`);
}
finish(failures, `${answers.size} addresses answer 200, ${read.length} fragments are there`);

async function visit({ address, from }) {
  const response = await fetch(address, { headers: { accept: "text/html,*/*;q=0.1" }, redirect: "manual" });
  const html = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  const body = html ? await response.text() : (await response.body?.cancel(), "");
  answers.set(address, { status: response.status, ids: html ? ids(body) : undefined });
  if (response.status !== 200) failures.push(`${from}: ${response.status} at ${address}`);
  if (html) follow(address, body);
}

function follow(address, body) {
  for (const [, value] of body.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
    const url = new URL(unescape(value), address);
    if (url.origin !== origin) continue;
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    if (fragment) read.push({ address: url.href, from: address, fragment });
    if (known.has(url.href)) continue;
    if (url.search ? (queries += 1) > mostQueries : known.size > mostPages) continue;
    known.add(url.href);
    waiting.push({ address: url.href, from: address });
  }
}

function ids(body) {
  return new Set([...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescape(id)));
}

function unescape(text) {
  return text.replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<")
    .replaceAll("&#60;", "<").replaceAll("&gt;", ">").replaceAll("&#62;", ">").replaceAll("&#38;", "&").replaceAll("&amp;", "&");
}
