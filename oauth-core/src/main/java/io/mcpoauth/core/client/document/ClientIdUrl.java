package io.mcpoauth.core.client.document;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client id that is the URL of a metadata document (Client ID Metadata Document section 3).
 *
 * <p>The raw text is matched, and only what all readers of URLs agree on passes: no parser stands
 * between what was checked and what is fetched (CM-02).
 *
 * @param value as presented
 * @param host in lower case
 * @param port 443 unless a test allows others
 * @param target path and query, as they go on the request line
 */
record ClientIdUrl(String value, String host, int port, String target) {

  private static final int MAX_LENGTH = 2_048;
  private static final int HTTPS_PORT = 443;
  private static final String PATH_CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
  private static final Pattern FORM =
      Pattern.compile(
          "https://([A-Za-z0-9.-]{1,253})(?::([1-9][0-9]{0,4}))?"
              + ("((?:/" + PATH_CHARACTER + "*+)++)")
              + ("(\\?(?:" + PATH_CHARACTER + "|[/?])*+)?"));
  private static final Pattern DOT_SEGMENT =
      Pattern.compile(
          "(?:/|%2f|%5c)(?:\\.|%2e){1,2}(?:/|;|%2f|%5c|%3b|$)", Pattern.CASE_INSENSITIVE);

  /** The document URL that a client id is; empty when it is none that may be fetched. */
  static Optional<ClientIdUrl> parse(String text, DangerousTestAllowance allowance) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1).toLowerCase(Locale.ROOT);
    int port = matcher.group(2) == null ? HTTPS_PORT : Integer.parseInt(matcher.group(2));
    String path = matcher.group(3);
    String query = matcher.group(4);
    boolean acceptable =
        (HostNames.isPublic(host) || allowance.allowsHost(host))
            && (port == HTTPS_PORT || allowance.allowsPort(port))
            && !path.equals("/")
            && !DOT_SEGMENT.matcher(path).find();
    return acceptable
        ? Optional.of(new ClientIdUrl(text, host, port, query == null ? path : path + query))
        : Optional.empty();
  }

  /** The {@code Host} header field. */
  String authority() {
    return port == HTTPS_PORT ? host : host + ":" + port;
  }
}
