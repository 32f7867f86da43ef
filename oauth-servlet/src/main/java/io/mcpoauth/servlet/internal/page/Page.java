package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.servlet.message.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What all pages have in common: the frame, the style and the rules that browsers enforce. */
final class Page {

  private static final String STYLE = style();

  /**
   * No script, no image, no font, nothing from elsewhere; one style, named by its hash. There is no
   * {@code form-action} on purpose: Chromium applies it to the whole chain of redirects that a form
   * starts, which ends at the provider and the client (CN-16).
   */
  private static final String POLICY =
      "default-src 'none'; style-src '"
          + sha256(STYLE)
          + "'; base-uri 'none'; frame-ancestors 'none'";

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="robots" content="noindex">
      <title>%s</title>
      <style>%s</style>
      </head>
      <body>
      <main>
      %s</main>
      </body>
      </html>
      """;

  private Page() {}

  /**
   * A page of ours. There is no {@code Cross-Origin-Opener-Policy}: web clients open us in a popup
   * whose last page, their own, reports to its opener.
   *
   * @param title plain text
   * @param main the content, HTML
   */
  static Answer answer(int status, String title, String main) {
    return Answer.empty(status)
        .withBody("text/html;charset=utf-8", FRAME.formatted(Html.escape(title), STYLE, main))
        .with("Content-Security-Policy", POLICY)
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .notStored();
  }

  private static String style() {
    try (InputStream style = Page.class.getResourceAsStream("page.css")) {
      if (style == null) {
        throw new IllegalStateException("page.css is missing");
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
