// A real OpenID provider on loopback for the tests: `node openid.mjs '{"port": …, "back": […], "out": […]}'`.
// POST /told says who signs in next, how strongly, and what is altered in the tokens handed out.
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import Provider from "oidc-provider";

const asked = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${asked.port}`;
const pair = async (kid) => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" };
};
const own = await pair("own");
const foreign = await pair("own");
let told = { account: "kari", claims: {}, acr: "low" };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "tospann",
      client_secret: "a secret only these two know",
      redirect_uris: asked.back,
      post_logout_redirect_uris: asked.out,
    },
  ],
  jwks: { keys: [own] },
  cookies: { keys: ["of no other use"] },
  pkce: { required: () => true },
  acrValues: ["low", "high"],
  claims: { openid: ["sub", "acr"], profile: ["name", "groups"], email: ["email", "email_verified"] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...told.claims }) }),
  interactions: { url: (_context, found) => `/interaction/${found.uid}` },
  loadExistingGrant: async (context) => {
    const { account, client } = context.oidc;
    const grant = new context.oidc.provider.Grant({ accountId: account.accountId, clientId: client.clientId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});

const read = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return JSON.parse(text);
};

const b64 = (what) => Buffer.from(JSON.stringify(what)).toString("base64url");

/** The token again: other claims, signed with the provider's own key, somebody else's or none. */
const altered = async (token, { claims = {}, drop = [], signed = "own" }) => {
  const before = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  const after = { ...before, ...claims };
  for (const name of drop) delete after[name];
  if (signed === "none") return `${b64({ alg: "none" })}.${b64(after)}.`;
  if (signed === "secret") {
    const secret = new TextEncoder().encode("a secret only these two know");
    return new SignJWT(after).setProtectedHeader({ alg: "HS256", kid: "own" }).sign(secret);
  }
  const key = await importJWK(signed === "own" ? own : foreign, "RS256");
  return new SignJWT(after).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(key);
};

provider.use(async (context, next) => {
  if (context.path === "/told") {
    told = await read(context.req);
    context.body = {};
  } else if (context.path.startsWith("/interaction/")) {
    const login = { accountId: told.account, acr: told.acr, amr: ["pwd"], remember: false };
    const result = told.refuses ? { error: "access_denied" } : { login };
    context.redirect(await provider.interactionResult(context.req, context.res, result));
  } else {
    await next();
    if (context.oidc?.route === "token" && context.body?.id_token) {
      const made = context.body.id_token;
      if (told.instead) context.body.id_token = told.instead;
      else if (told.alter) context.body.id_token = await altered(made, told.alter);
    }
    if (context.oidc?.route === "userinfo" && told.info) context.body = { ...context.body, ...told.info };
  }
});
provider.listen(asked.port, "127.0.0.1", () => console.log("ready"));
