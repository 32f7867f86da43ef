// A browser with a user in it who approves and signs in at the development sign-in page.

const attribute = (html, pattern) => {
  const found = pattern.exec(html)
  if (!found) throw new Error(`the page is not what this script knows: ${html}`)
  return found[1]
}
const ticketOf = html => attribute(html, /name="ticket" value="([^"]+)"/)

export class Browser {
  #cookies = new Map()

  async #open(url, form) {
    const headers = { cookie: [...this.#cookies].map(pair => pair.join('=')).join('; ') }
    if (form) headers['sec-fetch-site'] = 'same-origin'
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)
      this.#cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return { html: await response.text(), location: location && new URL(location, url) }
  }

  /** Answers the authorization request; returns where the client is told the outcome. */
  async approve(request) {
    const consent = await this.#open(request)
    const signIn = await this.#open(new URL('consent', request), {
      ticket: ticketOf(consent.html),
      provider: attribute(consent.html, /name="provider" value="([^"]+)"/),
    })
    const page = await this.#open(signIn.location)
    const signedIn = await this.#open(new URL(signIn.location.pathname, signIn.location), {
      ticket: ticketOf(page.html),
      user: attribute(page.html, /name="user" value="([^"]+)"/),
    })
    return (await this.#open(signedIn.location)).location
  }
}
