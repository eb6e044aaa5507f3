// Somebody who may read contacts and nothing else: a key for the service to trust, and a token that is signed with it.
import { generateKeyPairSync, sign } from "node:crypto";
import { writeFile } from "node:fs/promises";

const [file] = process.argv.slice(2);
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
await writeFile(file, publicKey.export({ type: "spki", format: "pem" }));
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = { sub: "reader", scope: "contacts:read", exp: Math.floor(Date.now() / 1000) + 3600 };
const signed = `${part({ alg: "EdDSA", typ: "JWT" })}.${part(claims)}`;
process.stdout.write(`${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`);
