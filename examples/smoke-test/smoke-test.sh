#!/usr/bin/env bash
# Drives a running instance through the whole flow, from the first 401 to the last, and says what it sees.
#
#   smoke-test.sh [--browser] [--scope "openid email"] [MCP-URL]
#
# MCP-URL is what clients are given, http://localhost:8080/mcp unless said otherwise. Against demo mode
# everything happens by itself. Elsewhere, and with --browser, it asks you to sign in in a browser and to
# paste the address at which the browser ends. Needs bash, curl and the usual small tools; prints no secret.
set -euo pipefail

readonly REDIRECT_URI=http://127.0.0.1:33418/callback
readonly LIMIT=20
browser=no
scope=
mcp=http://localhost:8080/mcp
while (($#)); do
  case $1 in
    --browser) browser=yes ;;
    --scope) scope=$2; shift ;;
    -*) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    *) mcp=$1 ;;
  esac
  shift
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cookies=

step() { printf '\n== %s\n' "$1"; }
see() { printf '   %s\n' "$1"; }
fail() { printf '\nFAILED: %s\n' "$1" >&2; exit 1; }

# Sends a request; the status goes to $status, header fields and body to files. Secrets come in by files
# too, because everybody on a machine can read the arguments of a command.
request() {
  status=$(curl --silent --show-error --max-time "$LIMIT" --output "$work/body" --dump-header "$work/headers" \
    --write-out '%{http_code}' "$@") || fail "no answer to: ${*: -1}"
  body=$(<"$work/body")
}
expect() { [[ $status == "$1" ]] || fail "expected status $1, got $status: $body"; }
header() { sed -n "s/^$1: *//Ip" "$work/headers" | tr -d '\r' | head -n 1; }
member() { # of a JSON object, as far as it is a plain string
  [[ $body =~ \"$1\"[[:space:]]*:[[:space:]]*\"([^\"\\]*)\" ]] || fail "no \"$1\" in: $body"
  printf '%s' "${BASH_REMATCH[1]}"
}
encode() { # for a query or a form
  local text=$1 i c
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case $c in [A-Za-z0-9._~-]) printf '%s' "$c" ;; *) printf '%%%02X' "'$c" ;; esac
  done
}
decode() { printf '%b' "${1//%/\\x}"; }
parameter() { # of the query of an address
  [[ $2 =~ [?\&]$1=([^\&]*) ]] || fail "no $1 in the address"
  decode "${BASH_REMATCH[1]}"
}
attribute() { # value of the form's element that the pattern describes
  [[ $body =~ $1 ]] || fail "the page is not what this script knows: $body"
  printf '%s' "${BASH_REMATCH[1]}"
}
keep_cookies() {
  local pair
  while read -r pair; do cookies+="${cookies:+; }$pair"; done \
    < <(sed -n 's/^set-cookie: *\([^;]*\).*/\1/Ip' "$work/headers" | tr -d '\r')
}
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }
base64url() { base64 | tr -d '\n=' | tr '+/' '-_'; }
post() { # a form, with its fields as pairs of name and value
  local url=$1 form=; shift
  while (($#)); do form+="${form:+&}$1=$(encode "$2")"; shift 2; done
  request --data @<(printf '%s' "$form") "$url"
}
call_mcp() { # with a token, or without where it is empty
  request --header 'Content-Type: application/json' --header 'Accept: application/json, text/event-stream' \
    --header @- --data "$2" "$mcp" <<<"${1:+Authorization: Bearer $1}"
}

step "1. The MCP endpoint refuses who brings no token"
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
  "clientInfo":{"name":"smoke-test","version":"1"}}}'
call_mcp '' "$initialize"
expect 401
challenge=$(header WWW-Authenticate)
[[ $challenge =~ resource_metadata=\"([^\"]+)\" ]] || fail "the challenge does not say where to go: $challenge"
resource_metadata=${BASH_REMATCH[1]}
see "401, metadata is at $resource_metadata"

step "2. Its metadata names the authorization server"
request "$resource_metadata"
expect 200
[[ $(member resource) == "$mcp" ]] || fail "the resource is $(member resource), not $mcp: check BASE_URL"
[[ $body =~ \"authorization_servers\"[[:space:]]*:[[:space:]]*\[[[:space:]]*\"([^\"]+)\" ]] || fail "none in: $body"
issuer=${BASH_REMATCH[1]}
see "$issuer"

step "3. The authorization server describes itself"
[[ $issuer =~ ^(https?://[^/]+)(/.*)?$ ]] || fail "not a URL: $issuer"
request "${BASH_REMATCH[1]}/.well-known/oauth-authorization-server${BASH_REMATCH[2]:-}"
expect 200
[[ $(member issuer) == "$issuer" ]] || fail "it calls itself $(member issuer)"
authorization_endpoint=$(member authorization_endpoint)
token_endpoint=$(member token_endpoint)
revocation_endpoint=$(member revocation_endpoint)
registration_endpoint=$(member registration_endpoint)
see "token endpoint $token_endpoint"

step "4. A client registers itself"
request --header 'Content-Type: application/json' --data "{\"client_name\":\"Smoke test\",
  \"redirect_uris\":[\"$REDIRECT_URI\"],\"token_endpoint_auth_method\":\"none\",
  \"grant_types\":[\"authorization_code\",\"refresh_token\"]}" "$registration_endpoint"
expect 201
client_id=$(member client_id)
see "client $client_id"

step "5. The user is asked"
verifier=$(head -c 32 /dev/urandom | base64url)
code_challenge=$(printf '%b' "$(printf '%s' "$verifier" | sha256 | sed 's/../\\x&/g')" | base64url)
state=$(head -c 16 /dev/urandom | base64url)
ask="$authorization_endpoint?response_type=code&client_id=$(encode "$client_id")&state=$state"
ask+="&redirect_uri=$(encode "$REDIRECT_URI")&code_challenge=$code_challenge&code_challenge_method=S256"
ask+="&resource=$(encode "$mcp")${scope:+&scope=$(encode "$scope")}"
if [[ $browser == no ]]; then
  request "$ask"
  expect 200
  keep_cookies
  see "consent page, cookie is set"
  ticket=$(attribute 'name="ticket" value="([^"]+)"')
  provider=$(attribute 'name="provider" value="([^"]+)"')
  request --header @<(printf 'Cookie: %s' "$cookies") --header 'Sec-Fetch-Site: same-origin' \
    --data @<(printf 'ticket=%s&provider=%s' "$(encode "$ticket")" "$(encode "$provider")") "$issuer/consent"
  expect 303
  keep_cookies
  sign_in=$(header Location)
  see "approved, on to ${sign_in%%\?*}"
  request "$sign_in"
  [[ $body == *'<h1>Development sign-in</h1>'* ]] || browser=yes
fi

step "6. The user signs in"
if [[ $browser == yes ]]; then
  see "Open this in a browser, and sign in:"
  printf '\n%s\n\n' "$ask"
  see "The browser ends at an address that does not answer. Paste that address here:"
  read -r answer || fail "nobody is here to sign in"
else
  user=$(attribute 'name="user" value="([^"]+)"')
  ticket=$(attribute 'name="ticket" value="([^"]+)"')
  request --data @<(printf 'ticket=%s&user=%s' "$(encode "$ticket")" "$user") "${sign_in%%\?*}"
  expect 303
  see "as $user, back to the proxy"
  request --header @<(printf 'Cookie: %s' "$cookies") "$(header Location)"
  expect 302
  answer=$(header Location)
fi
[[ $answer == "$REDIRECT_URI?"* ]] || fail "the client got: ${answer%%\?*}"
[[ $answer != *[?\&]error=* ]] || fail "the client got the error $(parameter error "$answer")"
[[ $(parameter state "$answer") == "$state" ]] || fail "the state is another one"
[[ $(parameter iss "$answer") == "$issuer" ]] || fail "the issuer is another one"
code=$(parameter code "$answer")
see "the client got a code, its own state and the issuer"

step "7. The client exchanges the code"
exchange=(grant_type authorization_code client_id "$client_id" code "$code" code_verifier "$verifier"
  redirect_uri "$REDIRECT_URI" resource "$mcp")
post "$token_endpoint" "${exchange[@]}"
expect 200
access_token=$(member access_token)
refresh_token=$(member refresh_token)
see "an access token of ${#access_token} characters and a refresh token"

step "8. The MCP endpoint lets it in"
call_mcp "$access_token" "$initialize"
expect 200
[[ $body == *'"protocolVersion"'* ]] || fail "not an MCP server: $body"
see "initialized"

step "9. The client refreshes"
post "$token_endpoint" grant_type refresh_token client_id "$client_id" refresh_token "$refresh_token" resource "$mcp"
expect 200
[[ $(member refresh_token) != "$refresh_token" ]] || fail "the refresh token was not rotated"
access_token=$(member access_token)
refresh_token=$(member refresh_token)
call_mcp "$access_token" "$initialize"
expect 200
see "new tokens, and they work"

step "10. The client revokes its grant"
post "$revocation_endpoint" client_id "$client_id" token "$refresh_token"
expect 200
for ((tries = 0; tries < 20; tries++)); do # other instances hear of it within a second
  call_mcp "$access_token" "$initialize"
  [[ $status == 401 ]] && break
  sleep 0.1
done
expect 401
see "401 again"

printf '\nAll steps passed.\n'
