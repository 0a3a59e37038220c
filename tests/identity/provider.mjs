// An identity provider for tests: oidc-provider, which is certified by the
// OpenID Foundation, with one client and one person who is always at home.
//
//     REDIRECT=http://127.0.0.1:8080/self/callback ID_NUMBER=… node provider.mjs
//
// Prints `provider on http://127.0.0.1:PORT`, and ends with its standard input,
// so that a test that was killed leaves nothing behind. PORT is 0 for a free
// one. Every start has new keys: one that is started again on the port of
// another is a provider that changed its keys. ALG is RS256 where not given.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { env, exit, stdin } from "node:process";
import Provider from "oidc-provider";

const ALGORITHM = env.ALG || "RS256";
const PERSON = "somebody";

function need(name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const redirect = need("REDIRECT");
const number = need("ID_NUMBER");

function key() {
  const { privateKey } = ALGORITHM.startsWith("ES")
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), alg: ALGORITHM, use: "sig" };
}

const settings = {
  clients: [
    {
      client_id: "credit-lookup",
      client_secret: "a test",
      redirect_uris: [redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      id_token_signed_response_alg: ALGORITHM,
    },
  ],
  jwks: { keys: [key()] },
  cookies: { keys: ["only a test"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ["sub", "id_number"] },
  // Claims of the scope stand in the ID token, not only behind userinfo.
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, id_number: number }),
  }),
  // Whoever signs in here has agreed.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      accountId: oidc.session.accountId,
      clientId: oidc.client.clientId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
};

const server = createServer();
server.listen(Number(env.PORT ?? 0), "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, settings);
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    const login = { login: { accountId: PERSON } };
    return provider.interactionFinished(request, response, login).catch((error) => {
      response.writeHead(400).end(`${error}`);
    });
  });
  console.log(`provider on ${issuer}`);
});

stdin.on("end", () => exit(0)).resume();
