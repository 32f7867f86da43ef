package io.mcpoauth.servlet.internal.cookie;

import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that bind a sign-in to one browser, as sent by it.
 *
 * <p>Their names begin with {@code __Host-}: browsers take such cookies only over a secure
 * connection (or on localhost), from this host and for all its paths, so that no sibling domain can
 * plant one (UP-04, WB-09). A name that stands twice or a value that we never made counts as
 * absent.
 */
public final class BrowserCookies {

  private static final String CONSENT = "__Host-mcp-consent";
  private static final String APPROVALS = "__Host-mcp-approvals";
  private static final String SESSION = "__Host-mcp-session";
  private static final String LOGIN_PREFIX = "__Host-mcp-login-";
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final int MAX_VALUE = 200;
  private static final int MAX_APPROVALS = 3_500;
  private static final Pattern LOGIN_ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

  private final Map<String, String> values;

  private BrowserCookies(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the {@code Cookie} fields of a request (RFC 6265 section 5.4). */
  public static BrowserCookies parse(List<String> cookieFields) {
    Map<String, String> values = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (String field : cookieFields) {
      for (String pair : field.split(";", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (isOurs(name) && values.put(name, pair.substring(equals + 1).strip()) != null) {
          repeated.add(name);
        }
      }
    }
    values.keySet().removeAll(repeated);
    values.entrySet().removeIf(cookie -> !isWellFormed(cookie.getKey(), cookie.getValue()));
    return new BrowserCookies(values);
  }

  /** The secret of the consent cookie; null when there is none. */
  public @Nullable Secret consent() {
    String value = values.get(CONSENT);
    return value == null ? null : Secret.of(value);
  }

  /** The secret of the session cookie; null when there is none. */
  public @Nullable Secret session() {
    String value = values.get(SESSION);
    return value == null ? null : Secret.of(value);
  }

  /** What the browser remembers of its user's approvals; null when that is nothing. */
  public @Nullable Secret approvals() {
    String value = values.get(APPROVALS);
    return value == null ? null : Secret.of(value);
  }

  /** The secrets of the login cookies by login id. */
  public Map<String, Secret> logins() {
    Map<String, Secret> logins = new HashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(LOGIN_PREFIX)) {
            logins.put(name.substring(LOGIN_PREFIX.length()), Secret.of(value));
          }
        });
    return logins;
  }

  /** The {@code Set-Cookie} value that lets this browser submit the consent form. */
  public static String setConsent(Secret browserSecret, Duration lifetime) {
    return set(CONSENT, browserSecret, lifetime);
  }

  /** The {@code Set-Cookie} value that lets this browser remember approvals. */
  public static String setApprovals(Secret approvals, Duration lifetime) {
    return set(APPROVALS, approvals, lifetime);
  }

  /** The {@code Set-Cookie} value that lets this browser see the user's own page. */
  public static String setSession(Secret session, Duration lifetime) {
    return set(SESSION, session, lifetime);
  }

  /** The {@code Set-Cookie} value that removes the session cookie. */
  public static String clearSession() {
    return clear(SESSION);
  }

  /** The {@code Set-Cookie} value that lets this browser finish the login. */
  public static String setLogin(String loginId, Secret browserSecret, Duration lifetime) {
    return set(loginName(loginId), browserSecret, lifetime);
  }

  /** The {@code Set-Cookie} value that removes the cookie of a finished login. */
  public static String clearLogin(String loginId) {
    return clear(loginName(loginId));
  }

  private static boolean isWellFormed(String name, String value) {
    int maxLength = name.equals(APPROVALS) ? MAX_APPROVALS : MAX_VALUE;
    return value.length() <= maxLength && VALUE.matcher(value).matches();
  }

  private static String loginName(String loginId) {
    if (!LOGIN_ID.matcher(loginId).matches()) {
      throw new IllegalArgumentException("not a login id");
    }
    return LOGIN_PREFIX + loginId;
  }

  private static String clear(String name) {
    return name + "=; Max-Age=0" + ATTRIBUTES;
  }

  private static String set(String name, Secret value, Duration lifetime) {
    return name + "=" + value.expose() + "; Max-Age=" + lifetime.toSeconds() + ATTRIBUTES;
  }

  private static boolean isOurs(String name) {
    return name.equals(CONSENT)
        || name.equals(SESSION)
        || name.equals(APPROVALS)
        || (name.startsWith(LOGIN_PREFIX)
            && LOGIN_ID.matcher(name.substring(LOGIN_PREFIX.length())).matches());
  }
}
