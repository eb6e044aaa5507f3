// Three pages as a text browser shows them, as they were looked at once: text/*.txt. UPDATE_GOLDEN=1 writes those anew.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finish } from "./browser.mjs";

const [service, folder] = process.argv.slice(2);
const pages = [
  { path: "/", name: "home" },
  { path: "/sites?country=lu,li&q=zzzz", name: "sites-empty" },
  { path: "/sites/208", name: "site" },
];

try {
  execFileSync("w3m", ["-version"], { stdio: "ignore" });
} catch {
  console.log("no w3m here: the pages were not looked at in a text browser");
  process.exit(process.env.CI === "true" ? 1 : 0);
}

const failures = [];
for (const { path, name } of pages) {
  const response = await fetch(service + path, { headers: { accept: "text/html" } });
  const html = (await response.text()).replaceAll(service, "http://localhost:4000");
  const arguments_ = ["-dump", "-cols", "80", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"];
  const text = execFileSync("w3m", arguments_, { input: html, encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
  const file = join(folder, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === "1") {
    await mkdir(folder, { recursive: true });
    await writeFile(file, text);
    continue;
  }
  const known = (await readFile(file, "utf8")).split("\n");
  const shown = text.split("\n");
  const at = shown.findIndex((line, position) => line !== known[position]);
  if (text !== known.join("\n")) {
    const line = at < 0 ? shown.length : at;
    failures.push(`${path}, line ${line + 1}: "${shown[line] ?? "nothing"}" instead of "${known[line] ?? "nothing"}"`);
  }
}
finish(failures, `${pages.length} pages are as they were in a text browser`);
