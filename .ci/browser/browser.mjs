// A Chromium without JavaScript that tells of whatever a visitor's browser would complain about.
import { chromium } from "playwright-core";

/** Opens a browser for `use`, and closes it whatever happens. */
export async function withBrowser(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/**
 * A window of the browser: page scripts are off, and `complaints` fills with what the console, the content security policy
 * and the network say, and with requests to anybody but the service.
 */
export async function openWindow(browser, service, options = {}) {
  const context = await browser.newContext({ baseURL: service, javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  const complaints = [];
  const own = new URL(service).origin;
  page.on("console", (message) => {
    // Chromium writes every answer of 400 and above into the console; the checks know which pages those are.
    if (!message.text().startsWith("Failed to load resource")) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error}`));
  page.on("requestfailed", (request) => {
    // Whoever goes on to the next page does not wait for the icon of this one.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()} ${reason}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== own) complaints.push(`asks another host: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      complaints.push(`${response.status()}: ${response.url()}`);
    }
  });
  return { page, context, complaints };
}

/** Says what failed and ends with a code that fails the run, or says what was seen. */
export function finish(failures, seen) {
  if (failures.length > 0) {
    for (const failure of failures) console.error(failure);
    console.error(`${failures.length} failures`);
    process.exit(1);
  }
  console.log(seen);
}
