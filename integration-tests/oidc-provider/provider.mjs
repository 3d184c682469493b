// An OpenID provider on loopback: provider.mjs MODULES CONFIG
//
// MODULES is the folder in which npm has installed this folder's package.json. CONFIG is a JSON object, all optional:
//   life        seconds of an access token (600)
//   audience    the `aud` of access tokens ("orders")
//   claims      extra claims of access tokens ({})
//   clientJwks  key set of the client `assertion`, for private_key_jwt
//   redirect    redirect address of the client `edge`, for an Envoy that logs people in
//   subjectDn   subject of the certificate of the client `certificate`, as RFC 4514 writes it
//   tls         {key, certificate, clientCa}: PEM files of a second listener, https, which asks for client certificates
//
// It prints one line of JSON when it listens, with random ports: issuer, mtls (the https origin, if any), secret (of the
// clients that have one). It ends when its standard input does. Everything else goes to standard error.
//
// Clients: `basic`, `post`, `assertion`, `certificate` (its tokens are bound to its certificate) for the client credentials
// grant; `edge` (client_secret_basic) for code with PKCE; `inspector` (client_secret_basic) asks for introspection;
// `native` is public, for code with PKCE and devices.
// The resource picks what a token looks like: https://resource.example/{rs256 | es256 | eddsa | opaque}.
// A person is `alice`, who says yes to everything; POST /approve with user_code approves a device.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";

const [modules, configText] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
console.info = console.warn = console.log = console.error;
const { Provider, errors, interactionPolicy } = await import(pathToFileURL(require.resolve("oidc-provider")));

const config = JSON.parse(configText ?? "{}");
const life = config.life ?? 600;
const secret = randomBytes(32).toString("base64url");
const algorithms = { rs256: "RS256", es256: "ES256", eddsa: "EdDSA" };

// By way of PEM: node 20 hangs for ever now and then where a key that it has just made is written as JWK. The garbage
// collector, which runs then, takes the lock of the key that the export holds.
const pem = {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
};
const jwk = (kid, alg, type, options) => ({
  ...createPrivateKey(generateKeyPairSync(type, { ...options, ...pem }).privateKey).export({ format: "jwk" }),
  kid, alg, use: "sig",
});
const jwks = {
  keys: [
    jwk("rsa-1", "RS256", "rsa", { modulusLength: 2048 }),
    jwk("ec-1", "ES256", "ec", { namedCurve: "P-256" }),
    jwk("ed-1", "EdDSA", "ed25519", {}),
  ],
};

const machine = (client_id, token_endpoint_auth_method, more = {}) => ({
  client_id, token_endpoint_auth_method, grant_types: ["client_credentials"], redirect_uris: [], response_types: [],
  scope: "orders:read orders:write", ...more,
});
const clients = [
  machine("basic", "client_secret_basic", { client_secret: secret }),
  // Both halves of the header are form-encoded first (RFC 6749, section 2.3.1).
  machine("basic:with space+and%", "client_secret_basic", { client_secret: `${secret}:+ %&=` }),
  machine("post", "client_secret_post", { client_secret: secret }),
  machine("inspector", "client_secret_basic", { client_secret: secret }),
  {
    client_id: "native", token_endpoint_auth_method: "none", application_type: "native",
    grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    redirect_uris: ["http://127.0.0.1/callback"], response_types: ["code"],
    scope: "openid offline_access orders:read orders:write",
  },
];
if (config.redirect) {
  clients.push({
    client_id: "edge", token_endpoint_auth_method: "client_secret_basic", client_secret: secret,
    grant_types: ["authorization_code", "refresh_token"], redirect_uris: [config.redirect], response_types: ["code"],
    scope: "openid offline_access orders:read orders:write",
  });
}
if (config.clientJwks) {
  clients.push(machine("assertion", "private_key_jwt", { jwks: config.clientJwks }));
}
if (config.subjectDn) {
  clients.push(machine("certificate", "tls_client_auth", {
    tls_client_auth_subject_dn: config.subjectDn, tls_client_certificate_bound_access_tokens: true,
  }));
}

const peer = (ctx) => ctx.socket.getPeerX509Certificate?.();
const server = createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;

// One round for all prompts: alice is logged in, and grants what is asked for.
const policy = interactionPolicy.base();
const provider = new Provider(issuer, {
  jwks, clients,
  cookies: { keys: [randomBytes(16).toString("hex")] },
  clientAuthMethods: [
    "none", "client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth",
  ],
  enabledJWA: { clientAuthSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
  scopes: ["openid", "offline_access", "orders:read", "orders:write"],
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed("refresh_token"),
  rotateRefreshToken: true,
  pkce: { required: () => true },
  ttl: { AccessToken: life, ClientCredentials: life, DeviceCode: 600, Grant: 3600, IdToken: 600, Interaction: 600,
    RefreshToken: 3600, Session: 3600 },
  findAccount: async (ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  extraTokenClaims: async () => config.claims ?? {},
  interactions: { policy, url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async (ctx, client) => client.clientId === "inspector" },
    revocation: { enabled: true },
    deviceFlow: { enabled: true },
    mTLS: {
      enabled: true, certificateBoundAccessTokens: true, tlsClientAuth: true,
      getCertificate: (ctx) => peer(ctx)?.toString(),
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === "tls_client_auth_subject_dn" && peer(ctx).subject.split("\n").reverse().join(",") === expected,
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: async (ctx, client, oneOf) => oneOf?.[0] ?? "https://resource.example/rs256",
      useGrantedResource: async () => true,
      getResourceServerInfo: async (ctx, resource) => {
        const kind = /^https:\/\/resource\.example\/(\w+)$/.exec(resource)?.[1];
        if (kind !== "opaque" && !algorithms[kind]) { throw new errors.InvalidTarget(); }
        const info = { scope: "orders:read orders:write", audience: config.audience ?? "orders", accessTokenTTL: life };
        return kind === "opaque"
          ? { ...info, accessTokenFormat: "opaque" }
          : { ...info, accessTokenFormat: "jwt", jwt: { sign: { alg: algorithms[kind] } } };
      },
    },
  },
});
provider.on("server_error", (ctx, error) => console.error(error));
provider.on("grant.error", (ctx, error) => console.error(error.message, error.error_description, error.error_detail));

const grant = async (clientId, { scope, resource }) => {
  const given = new provider.Grant({ accountId: "alice", clientId });
  if (scope) {
    given.addOIDCScope(scope);
    for (const each of [resource ?? "https://resource.example/rs256"].flat()) { given.addResourceScope(each, scope); }
  }
  return given.save();
};

provider.use(async (ctx, next) => {
  if (ctx.path.startsWith("/interaction/")) {
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    const result = { login: { accountId: "alice" }, consent: { grantId: await grant(params.client_id, params) } };
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
    ctx.respond = false;
  } else if (ctx.path === "/approve" && ctx.method === "POST") {
    let body = "";
    for await (const part of ctx.req) { body += part; }
    const code = await provider.DeviceCode.findByUserCode(new URLSearchParams(body).get("user_code").replace(/\W/g, ""));
    if (!code) { ctx.status = 404; return; }
    Object.assign(code, {
      accountId: "alice", grantId: await grant(code.clientId, code.params), scope: code.params.scope,
      resource: code.params.resource ?? "https://resource.example/rs256", authTime: Math.floor(Date.now() / 1000),
    });
    await code.save();
    ctx.status = 204;
  } else {
    await next();
  }
});

server.on("request", provider.callback());
let mtls;
if (config.tls) {
  const secure = createTlsServer({
    key: readFileSync(config.tls.key), cert: readFileSync(config.tls.certificate), ca: readFileSync(config.tls.clientCa),
    requestCert: true, rejectUnauthorized: false,
  }, provider.callback());
  await new Promise((done) => secure.listen(0, "127.0.0.1", done));
  mtls = `https://127.0.0.1:${secure.address().port}`;
}
process.stdout.write(JSON.stringify({ issuer, mtls, secret }) + "\n");
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
