// The flow with openid-client, as an application would write it.
import * as client from 'openid-client'
import { equal, ok, rejects } from 'node:assert/strict'
import { Browser } from './browser.mjs'

const redirectUri = 'http://127.0.0.1:33418/callback'

async function approve(config, mcp, verifier, more) {
  return new Browser().approve(client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource: mcp.href,
    ...more,
  }))
}

async function flow(mcp, issuer, algorithm, method, authentication) {
  const options = { algorithm, execute: [client.allowInsecureRequests] } // http on loopback
  const config = await client.dynamicClientRegistration(issuer, {
    client_name: `Strict client, ${method}`,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: method,
  }, authentication, options)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const answer = await approve(config, mcp, verifier, { state })
  const first = await client.authorizationCodeGrant(config, answer,
    { pkceCodeVerifier: verifier, expectedState: state }, { resource: mcp.href })
  const next = await client.refreshTokenGrant(config, first.refresh_token, { resource: mcp.href })
  const response = await client.fetchProtectedResource(config, next.access_token, mcp, 'POST',
    '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    new Headers({ 'content-type': 'application/json', accept: 'application/json, text/event-stream' }))
  equal(response.status, 200)
  await response.text()
  await client.tokenRevocation(config, next.refresh_token, { token_type_hint: 'refresh_token' })
  await rejects(client.refreshTokenGrant(config, next.refresh_token), { error: 'invalid_grant' })
  await refusesTheWrongIssuer(config, mcp)
}

async function refusesTheWrongIssuer(config, mcp) {
  const verifier = client.randomPKCECodeVerifier()
  const answer = await approve(config, mcp, verifier, {})
  equal(answer.searchParams.get('iss'), config.serverMetadata().issuer)
  answer.searchParams.set('iss', 'https://elsewhere.example')
  const refusal = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier }).catch(e => e)
  ok(refusal instanceof Error)
}

export async function run(mcp, issuer) {
  for (const algorithm of ['oauth2', 'oidc']) {
    await flow(mcp, issuer, algorithm, 'none', client.None())
    await flow(mcp, issuer, algorithm, 'client_secret_basic', client.ClientSecretBasic())
    await flow(mcp, issuer, algorithm, 'client_secret_post', client.ClientSecretPost())
    console.log(`openid-client, metadata by ${algorithm}: passed`)
  }
}
