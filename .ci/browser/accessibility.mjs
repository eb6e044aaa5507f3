// axe over every page and state: light and dark, wide, phone and the narrowest; no sideways scroll, keyboard, forced colours.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { finish, openWindow, withBrowser } from "./browser.mjs";
import { pages } from "./pages.mjs";

const service = process.argv[2];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Width and scheme: a window of 640 at twice the density is what a zoom of 200 % makes of 1280.
const extremes = [
  { width: 1280, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
];
const between = [
  { width: 1280, colorScheme: "dark" },
  { width: 640, colorScheme: "light", deviceScaleFactor: 2 },
  { width: 360, colorScheme: "dark" },
];
const looks = process.env.FULL === "1" ? [...extremes, ...between] : extremes;

const failures = [];
let runs = 0;
await withBrowser(async (browser) => {
  for (const { width, ...options } of looks) {
    // axe is a script and waits for timers, which a browser without scripts has not. The pages have none to run.
    const window = { viewport: { width, height: 900 }, javaScriptEnabled: true, ...options };
    const { page, context, complaints } = await openWindow(browser, service, window);
    for (const { path, status = 200 } of pages) {
      const where = `${path} at ${width} ${options.colorScheme}`;
      const response = await page.goto(path);
      if (response.status() !== status) failures.push(`${where}: ${response.status()} instead of ${status}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
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
      runs += 1;
    }
    failures.push(...complaints);
    await context.close();
  }
  await keyboard(browser);
  await forcedColours(browser);
  await reducedMotion(browser);
});
finish(failures, `${runs} runs of axe over ${pages.length} pages and states: no violation`);

/** Tab leads to the skip link first, then to every control in turn, and each shows that it has the focus. */
async function keyboard(browser) {
  const { page, context } = await openWindow(browser, service, { viewport: { width: 1280, height: 900 } });
  for (const path of ["/", "/sites?country=it&category=cultural", "/sites/208"]) {
    await page.goto(path);
    const wanted = await page.evaluate(
      () => [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex]")]
        .filter((element) => element.tabIndex >= 0 && element.checkVisibility()).length,
    );
    const seen = new Set();
    for (let step = 0; step < Math.min(wanted, 80); step += 1) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        return {
          at: [...document.querySelectorAll("*")].indexOf(element),
          what: `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`,
          skip: element.matches("a.skip"),
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        };
      });
      if (step === 0 && !focus.skip) failures.push(`${path}: the first stop is not the skip link but ${focus.what}`);
      if (!focus.outline) failures.push(`${path}: no outline on ${focus.what}`);
      if (seen.has(focus.at)) failures.push(`${path}: the focus comes back to ${focus.what} after ${step} of ${wanted} stops`);
      seen.add(focus.at);
    }
  }
  await context.close();
}

/** Who wants no motion gets none. */
async function reducedMotion(browser) {
  const { page, context } = await openWindow(browser, service, { reducedMotion: "reduce" });
  for (const path of ["/", "/sites?as_of=1994", "/sites/208"]) {
    await page.goto(path);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    }).length);
    if (moving > 0) failures.push(`${path}: ${moving} elements move where no motion is wanted`);
  }
  await context.close();
}

/** Where the reader's own colours are forced, the map keeps its land and its points. */
async function forcedColours(browser) {
  const { page, context } = await openWindow(browser, service, { forcedColors: "active", reducedMotion: "reduce" });
  await page.goto("/");
  const invisible = await page.evaluate(() => {
    const sea = getComputedStyle(document.querySelector("svg.map")).backgroundColor;
    return [...document.querySelectorAll("svg.map .land, svg.map .cultural")].slice(0, 2).filter((element) => {
      const style = getComputedStyle(element);
      return style.fill === sea && style.stroke === sea;
    }).length;
  });
  if (invisible > 0) failures.push("forced colours: the map is not to be seen");
  await context.close();
}
