// A provider of logins for the journeys: it takes whatever name somebody types for theirs.
import { Provider } from "oidc-provider";

const [issuer, service] = process.argv.slice(2);

function client(id, name) {
  return {
    client_id: id,
    client_secret: "a secret & more",
    redirect_uris: [`${service}/auth/${name}/callback`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    backchannel_logout_uri: `${service}/auth/${name}/backchannel`,
    backchannel_logout_session_required: true,
  };
}

const provider = new Provider(issuer, {
  clients: [client("whc", "test"), client("whc posting", "posting")],
  claims: { openid: ["sub", "groups", "sid"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["for the journeys only"] },
  features: { backchannelLogout: { enabled: true } },
  // It asks no address of this machine by itself, where everything here is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} Lovelace`, email: `${id}@heritage.example`, email_verified: true, groups: id.endsWith("curator") ? ["curators"] : ["desk"] }),
  }),
  pkce: { required: () => true },
});
provider.on("server_error", (_, error) => console.error(error));
provider.on("backchannel.error", (_, error) => console.error("back channel:", error));
provider.listen(new URL(issuer).port, () => console.log("ready"));
