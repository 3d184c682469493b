// What AWS's own JavaScript signs for an STS at another URL: judge.mjs MODULES URL REGION ROLE_TO_ASSUME
//
// Prints one line each: what it is, and what came of it. Credentials come from the environment. MODULES is
// the folder in which npm has installed this folder's package.json.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, url, region, role] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } = require("@aws-sdk/client-sts");
const { SignatureV4 } = require("@smithy/signature-v4");
const { HttpRequest } = require("@smithy/protocol-http");
const { Sha256 } = require("@aws-crypto/sha256-js");

const own = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
};
const at = new URL(url);
const sts = (credentials) => new STSClient({ endpoint: url, region, credentials });
const identity = async (credentials) => (await sts(credentials).send(new GetCallerIdentityCommand({}))).Arn;
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());

const presigned = (headers, expiresIn) =>
  new SignatureV4({ credentials: own, region, service: "sts", sha256: Sha256 }).presign(
    new HttpRequest({
      method: "GET", protocol: at.protocol, hostname: at.hostname, port: Number(at.port), path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host: at.host, ...headers },
    }),
    { expiresIn });
const text = ({ query }) =>
  `${at.origin}/?${Object.entries(query).map(([k, v]) => `${encode(k)}=${encode(v)}`).join("&")}`;

const proof = async (audience) => {
  const { query } = await presigned({ "x-rolecall-audience": audience }, 900);
  return ["rolecall-v1", at.host, own.accessKeyId, query["X-Amz-Date"], "900", audience, "bearer",
    query["X-Amz-Signature"], own.sessionToken].join("~");
};

console.log("identity", await identity(own));
const assumed = (await sts(own).send(
  new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "from-checkout" }))).Credentials;
console.log("assumed", await identity({
  accessKeyId: assumed.AccessKeyId, secretAccessKey: assumed.SecretAccessKey, sessionToken: assumed.SessionToken,
}));
await identity({ ...own, secretAccessKey: "another" }).catch((e) => console.log("forged", e.name));
console.log("presigned", text(await presigned({ "x-rolecall-audience": "orders" }, 900)));
console.log("proof", await proof("orders"));
console.log("eks", "k8s-aws-v1." + Buffer.from(text(await presigned({ "x-k8s-aws-id": "orders" }, 60))).toString("base64url"));
