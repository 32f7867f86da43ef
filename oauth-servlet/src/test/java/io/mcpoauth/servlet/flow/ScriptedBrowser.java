package io.mcpoauth.servlet.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser without a screen: it keeps cookies as strictly as real ones, reads the forms of pages
 * and submits them. It goes one hop at a time, so that a test can do something in between.
 */
public final class ScriptedBrowser {

  private static final int MAX_HOPS = 10;

  private final HttpCalls http = new HttpCalls();
  private final CookieJar cookies = new CookieJar();

  /**
   * What one request brought.
   *
   * @param uri what was asked for
   */
  public record Hop(URI uri, HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public boolean isRedirect() {
      return List.of(302, 303, 307).contains(status());
    }

    /** Where the redirect leads. */
    public URI location() {
      return uri.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    public String html() {
      return response.body();
    }

    public HtmlForm form() {
      return HtmlForm.in(uri, html());
    }
  }

  /** Opens an address, and nothing that it leads to. */
  public Hop open(URI uri) {
    return send(HttpRequest.newBuilder(uri).GET(), uri, false);
  }

  /** Follows redirects until a page comes. */
  public Hop follow(Hop start) {
    Hop hop = start;
    for (int hops = 0; hop.isRedirect(); hops++) {
      if (hops == MAX_HOPS) {
        throw new AssertionError("no end of redirects at " + hop.uri());
      }
      hop = open(hop.location());
    }
    return hop;
  }

  /** Presses the button with that label. */
  public Hop press(Hop page, String label) {
    return press(page, label, Map.of());
  }

  /** Fills fields in and presses the button with that label. */
  public Hop press(Hop page, String label, Map<String, String> filledIn) {
    HtmlForm form = page.form();
    HtmlForm.Button button = form.button(label);
    Map<String, String> fields = new LinkedHashMap<>(form.fields());
    filledIn.forEach(
        (name, value) -> {
          if (fields.replace(name, value) == null) {
            throw new AssertionError("no field " + name + " in " + form);
          }
        });
    if (!button.name().isEmpty()) {
      fields.put(button.name(), button.value());
    }
    return submit(page, form, fields);
  }

  /** What this browser would send as {@code Cookie} when it opens that address. */
  public String cookieHeader(URI uri) {
    return String.join("; ", cookies.fieldsFor(uri, false));
  }

  /** The names of the cookies that this site has set. */
  public List<String> cookieNames(URI site) {
    return cookies.namesOf(site);
  }

  private Hop submit(Hop page, HtmlForm form, Map<String, String> fields) {
    if (!form.method().equals("POST")) {
      throw new AssertionError("a form that changes something must be a POST");
    }
    URI from = page.uri();
    boolean crossSite = !from.getHost().equals(form.action().getHost());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(form.action())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", origin(page))
            .header("Sec-Fetch-Site", crossSite ? "cross-site" : "same-origin")
            .POST(BodyPublishers.ofString(encode(fields)));
    return send(request, form.action(), crossSite);
  }

  /** Pages that ask for no referrer get no origin either (Fetch, "append a request Origin"). */
  private static String origin(Hop page) {
    boolean noReferrer =
        page.response().headers().firstValue("Referrer-Policy").orElse("").equals("no-referrer");
    return noReferrer ? "null" : page.uri().getScheme() + "://" + page.uri().getRawAuthority();
  }

  private Hop send(HttpRequest.Builder request, URI uri, boolean crossSitePost) {
    cookies.fieldsFor(uri, crossSitePost).forEach(field -> request.header("Cookie", field));
    request.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    HttpResponse<String> response = http.send(request);
    cookies.store(uri, response.headers().allValues("Set-Cookie"));
    return new Hop(uri, response);
  }

  /** {@code application/x-www-form-urlencoded}. */
  public static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
