// node index.mjs [MCP-URL]; RESOURCE_SERVER_ID and RESOURCE_SERVER_SECRET add introspection.
import * as strict from './with-oauth4webapi.mjs'
import * as usual from './with-openid-client.mjs'

const mcp = new URL(process.argv[2] ?? 'http://localhost:8080/mcp')
const { RESOURCE_SERVER_ID: id, RESOURCE_SERVER_SECRET: secret } = process.env
const resourceServer = id && { client_id: id, client_secret: secret }
await strict.run(mcp, resourceServer)
await usual.run(mcp, new URL((await strict.discover(mcp)).issuer))
console.log('All passed.')
