// Pictures of the pages, light and dark, wide and on a phone, to be looked at.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openWindow, withBrowser } from "./browser.mjs";
import { pages } from "./pages.mjs";

const [service, folder] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
await withBrowser(async (browser) => {
  for (const width of [1280, 360]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context } = await openWindow(browser, service, { viewport: { width, height: 900 }, colorScheme });
      for (const { path, name } of pages) {
        await page.goto(path);
        const height = Math.min(2600, await page.evaluate(() => document.documentElement.scrollHeight));
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), clip: { x: 0, y: 0, width, height }, fullPage: true });
      }
      await context.close();
    }
  }
});
