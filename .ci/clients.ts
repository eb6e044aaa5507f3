// A client of openapi-typescript and openapi-fetch: what it gets has the types of the description.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

// The second parameter names the media types, where an operation has several.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: process.argv[2]! });

const page = await client.GET("/api/whcsites", { params: { query: { country: ["it", "ch"], limit: 2 } } });
if (!page.data) throw new Error(page.error.detail);
const first = page.data.data[0];
if (!first || page.data.meta.returned !== 2) throw new Error("no page of two sites");

const name: string | undefined = first.name;

const site = await client.GET("/api/whcsites/{id}", { params: { path: { id: first.id } } });
if (site.data?.data.name !== name) throw new Error("not the site of the list");

const missing = await client.GET("/api/whcsites/{id}", { params: { path: { id: 99998 } } });
if (missing.error?.code !== "not-found") throw new Error("a problem has a code");

console.log(`TypeScript: ${first.id} ${name}`);
