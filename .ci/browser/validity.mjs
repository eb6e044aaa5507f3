// The W3C's checker over one page of every kind.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { finish } from "./browser.mjs";
import { pages } from "./pages.mjs";

const service = process.argv[2];
const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const folder = await mkdtemp(join(tmpdir(), "pages-"));
for (const { path, name } of pages) {
  const response = await fetch(service + path, { headers: { accept: "text/html" } });
  await writeFile(join(folder, `${name}.html`), await response.text());
}
const { stderr } = await promisify(execFile)(
  "java", ["-jar", jar, "--exit-zero-always", "--format", "json", "--skip-non-html", folder],
  { maxBuffer: 64 * 1024 * 1024 },
);
await rm(folder, { recursive: true });
const messages = JSON.parse(stderr).messages.filter((message) => message.type === "error" || message.type === "non-document-error");
finish(
  messages.map((message) => `${message.url.split("/").pop()}:${message.lastLine}: ${message.message}: ${message.extract?.trim()}`),
  `${pages.length} pages are valid HTML`,
);
