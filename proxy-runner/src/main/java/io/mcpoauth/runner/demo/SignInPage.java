package io.mcpoauth.runner.demo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The pages of the development sign-in. All that varies is made here; no request text is shown. */
final class SignInPage {
  static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #c9ced6; --soft: #f4f6f9; --accent: #0b5cad;
        --note: #fff4d6; --note-line: #d9a300; }
      @media (prefers-color-scheme: dark) { :root { --line: #444b57; --soft: #262b33;
        --accent: #7db7f0; --note: #3a3115; --note-line: #a88400; } }
      * { box-sizing: border-box; }
      body { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
      main { max-width: 26rem; margin: 6vh auto 0; }
      h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
      .note { background: var(--note); border-left: 0.25rem solid var(--note-line);
        padding: 0.75rem 1rem; margin: 0 0 1.5rem; }
      button { display: block; width: 100%; margin: 0 0 0.75rem; padding: 0.75rem 1rem;
        font: inherit; text-align: left; color: inherit; background: var(--soft);
        border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer;
        overflow-wrap: anywhere; }
      button:hover, button:focus-visible { border-color: var(--accent);
        outline: 2px solid var(--accent); outline-offset: 1px; }
      button strong, button span { display: block; }
      button.cancel { background: none; text-align: center; margin-top: 1.25rem; }
      """;

  private SignInPage() {}

  static String choose(String ticket) {
    String users =
        Arrays.stream(DemoUser.values()).map(SignInPage::button).collect(Collectors.joining());
    return page(
        "Development sign-in",
        """
        <p class="note">This page asks for <strong>no password</strong>. It stands in for a real \
        sign-in provider while you try the proxy on this machine. Never use it for real accounts.</p>
        <form method="post" action="/authorize">
        <input type="hidden" name="ticket" value="%s">
        <p>Continue as:</p>
        %s<button class="cancel" type="submit" name="user" value="">Cancel</button>
        </form>
        """
            .formatted(ticket, users));
  }

  static String failure(String reason) {
    return page("Sign-in not possible", "<p>%s</p>\n".formatted(reason));
  }

  private static String button(DemoUser user) {
    return """
        <button type="submit" name="user" value="%s"><strong>%s</strong><span>%s</span></button>
        """
        .formatted(user.subject(), user.displayName(), user.email());
  }

  private static String page(String title, String body) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        %2$s</main>
        </body>
        </html>
        """
        .formatted(title, body);
  }
}
