// The flow with oauth4webapi, which takes no wrong content type, issuer or token type from us.
import * as oauth from 'oauth4webapi'
import { equal, ok } from 'node:assert/strict'
import { Browser } from './browser.mjs'

const redirectUri = 'http://127.0.0.1:33418/callback'
const insecure = { [oauth.allowInsecureRequests]: true } // the issuer may be http on loopback

export async function discover(mcp) {
  const denied = await fetch(mcp, { method: 'POST' })
  equal(denied.status, 401)
  ok(denied.headers.get('www-authenticate').includes('resource_metadata='))
  const resource = await oauth.processResourceDiscoveryResponse(
    mcp, await oauth.resourceDiscoveryRequest(mcp, insecure))
  const issuer = new URL(resource.authorization_servers[0])
  let server
  for (const algorithm of ['oauth2', 'oidc']) {
    server = await oauth.processDiscoveryResponse(
      issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }))
  }
  return server
}

async function register(server, method, more) {
  const client = await oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(server, {
      client_name: `Strict client, ${method}`,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: method,
      ...more,
    }, insecure))
  equal(client.token_endpoint_auth_method, method)
  return client
}

async function signIn(server, client, authentication, mcp) {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const request = new URL(server.authorization_endpoint)
  request.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource: mcp.href,
    state,
  })
  // Checks state and, since the metadata announces it, iss.
  const answer = oauth.validateAuthResponse(server, client, await new Browser().approve(request), state)
  return oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirectUri, verifier,
      { additionalParameters: { resource: mcp.href }, ...insecure }))
}

async function callMcp(token, mcp, server) {
  const request = new Request(mcp, { headers: { authorization: `Bearer ${token}` } })
  const claims = await oauth.validateJwtAccessToken(server, request, mcp.href, insecure)
  ok(claims.sub)
  const response = await oauth.protectedResourceRequest(token, 'POST', mcp,
    new Headers({ 'content-type': 'application/json', accept: 'application/json, text/event-stream' }),
    '{"jsonrpc":"2.0","id":1,"method":"ping"}', insecure)
  equal(response.status, 200)
  await response.text()
}

/** Until every instance has heard of a revocation. */
async function awaitRefusal(token, mcp) {
  for (let tries = 0; tries < 50; tries++) {
    try {
      await oauth.protectedResourceRequest(token, 'POST', mcp, new Headers(), '', insecure)
    } catch (e) {
      ok(e instanceof oauth.WWWAuthenticateChallengeError)
      equal(e.cause[0].parameters.error, 'invalid_token')
      return
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('a revoked token is still let in')
}

async function introspect(server, resourceServer, token) {
  const authentication = oauth.ClientSecretBasic(resourceServer.client_secret)
  return oauth.processIntrospectionResponse(server, resourceServer,
    await oauth.introspectionRequest(server, resourceServer, authentication, token, insecure))
}

async function flow(mcp, server, client, authentication, resourceServer) {
  const first = await signIn(server, client, authentication(), mcp)
  await callMcp(first.access_token, mcp, server)
  if (resourceServer) {
    const told = await introspect(server, resourceServer, first.access_token)
    ok(told.active)
    equal(told.client_id, client.client_id)
  }
  const next = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, authentication(), first.refresh_token, insecure))
  await callMcp(next.access_token, mcp, server)
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, authentication(), next.refresh_token, insecure))
  await awaitRefusal(next.access_token, mcp)
  if (resourceServer) ok(!(await introspect(server, resourceServer, next.access_token)).active)
  await refusesTheDeadToken(server, client, authentication(), next.refresh_token)
}

async function refusesTheDeadToken(server, client, authentication, refreshToken) {
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, insecure)
  const refusal = await oauth.processRefreshTokenResponse(server, client, response).catch(e => e)
  ok(refusal instanceof oauth.ResponseBodyError)
  equal(refusal.error, 'invalid_grant')
}

export async function run(mcp, resourceServer) {
  const server = await discover(mcp)
  const secrets = { client_secret_basic: oauth.ClientSecretBasic, client_secret_post: oauth.ClientSecretPost }
  for (const [method, authentication] of Object.entries(secrets)) {
    const client = await register(server, method)
    await flow(mcp, server, client, () => authentication(client.client_secret), resourceServer)
    console.log(`oauth4webapi, ${method}: passed`)
  }
  await flow(mcp, server, await register(server, 'none'), oauth.None, resourceServer)
  console.log('oauth4webapi, none: passed')
  const keys = await oauth.generateKeyPair('ES256')
  const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey)
  const client = await register(server, 'private_key_jwt', {
    jwks: { keys: [{ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, alg: 'ES256', use: 'sig', kid: 'one' }] },
  })
  await flow(mcp, server, client, () => oauth.PrivateKeyJwt({ key: keys.privateKey, kid: 'one' }), resourceServer)
  console.log('oauth4webapi, private_key_jwt: passed')
}
