#!/usr/bin/env node
// Prints a rolecall-v1 proof: rolecall-proof.mjs AUDIENCE REGION [STS_HOST [SERVER_CERTIFICATE_DER]]
//
// Needs nothing but Node.js. Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
// AWS_SESSION_TOKEN; a real client takes them from its AWS library. docs/protocol.md says what each step is.
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const hmac = (key, data) => createHmac("sha256", key).update(data).digest();
// encodeURIComponent leaves ! ' ( ) * alone; SigV4 does not.
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
const sorted = (object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

export function proof({ audience, region, host, keyId, secret, token = "", certificate }) {
  const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers = { host, "x-rolecall-audience": audience };
  let binding = "bearer";
  if (certificate) { // section 3: the server's leaf certificate, in DER
    const digest = createHash("sha256").update(certificate).digest("base64url");
    headers["x-rolecall-channel"] = digest;
    binding = `channel.${digest}`;
  }
  const scope = `${now.slice(0, 8)}/${region}/sts/aws4_request`;
  const query = { // section 1
    Action: "GetCallerIdentity", Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": `${keyId}/${scope}`,
    "X-Amz-Date": now, "X-Amz-Expires": "900", "X-Amz-SignedHeaders": Object.keys(headers).sort().join(";"),
    ...(token && { "X-Amz-Security-Token": token }),
  };
  const canonical = [
    "GET", "/",
    sorted(query).map(([k, v]) => `${encode(k)}=${encode(v)}`).join("&"),
    sorted(headers).map(([k, v]) => `${k}:${v}\n`).join(""),
    query["X-Amz-SignedHeaders"], sha256(""),
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", now, scope, sha256(canonical)].join("\n");
  const key = [now.slice(0, 8), region, "sts", "aws4_request"].reduce(hmac, `AWS4${secret}`);
  const signature = hmac(key, toSign).toString("hex");
  return ["rolecall-v1", host, keyId, now, "900", audience, binding, signature, token].join("~");
}

const suffixes = { // section 4: by how a Region's name begins
  "cn-": "amazonaws.com.cn", "us-iso-": "c2s.ic.gov", "us-isob-": "sc2s.sgov.gov", "us-isof-": "csp.hci.ic.gov",
  "eu-isoe-": "cloud.adc-e.uk", "eusc-": "amazonaws.eu",
};
const stsHost = (region) => {
  const start = Object.keys(suffixes).find((each) => region?.startsWith(each));
  return `sts.${region}.${suffixes[start] ?? "amazonaws.com"}`;
};
const [audience, region, host = stsHost(region), der] = process.argv.slice(2);
if (!region) {
  console.error("usage: rolecall-proof.mjs AUDIENCE REGION [STS_HOST [SERVER_CERTIFICATE_DER]]");
  process.exit(2);
}
console.log(proof({
  audience, region, host,
  keyId: process.env.AWS_ACCESS_KEY_ID, secret: process.env.AWS_SECRET_ACCESS_KEY,
  token: process.env.AWS_SESSION_TOKEN, certificate: der && readFileSync(der),
}));
