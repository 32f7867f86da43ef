package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Reads one DSN. Written by hand, because {@link java.net.URI} quotes its input in errors, and
 * because a password that was not percent-encoded should be told as what it is.
 *
 * <p>No message holds any part of the input, except an option's name once the password is known to
 * stand elsewhere.
 */
final class DsnParser {

  private static final int DEFAULT_PORT = 5432;
  private static final Pattern SCHEME = Pattern.compile("(?i)postgres(?:ql)?://(.*)");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(.*))?");
  private static final Pattern OPTION_NAME = Pattern.compile("[A-Za-z_]{1,40}");
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of("application_name", "ApplicationName", "connect_timeout", "connectTimeout");
  private static final Set<String> SAID_ELSEWHERE =
      Set.of("user", "password", "PGHOST", "PGPORT", "PGDBNAME");
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private final String text;

  DsnParser(String text) {
    this.text = text.strip();
  }

  PostgresDsn parse() {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      throw refusal("must begin with postgres:// or postgresql://");
    }
    String rest = scheme.group(1);
    String query = after(rest, '?');
    String address = before(rest, '?');
    String authority = before(address, '/');
    int at = authority.lastIndexOf('@');
    // First of all: otherwise a part of the password would be taken for something else.
    if (after(rest, '/').indexOf('@') >= 0 || query.indexOf('@') >= 0) {
      throw refusal(
          "has an @ after its host: percent-encode special characters of the password"
              + " (/ is %2F, ? is %3F, # is %23, @ is %40)");
    }
    if (at < 0) {
      throw refusal("must name a user before the host, like postgres://user:password@host/db");
    }
    String credentials = authority.substring(0, at);
    String user = decode(before(credentials, ':'), "user");
    Secret password = Secret.of(decode(after(credentials, ':'), "password"));
    if (user.isEmpty()) {
      throw refusal("has an empty user");
    }
    Matcher hostAndPort = HOST_AND_PORT.matcher(authority.substring(at + 1));
    if (!hostAndPort.matches()) {
      throw refusal("must have one host after the @, a name or an address ([::1] for IPv6)");
    }
    String database = decode(after(address, '/'), "database");
    if (database.isEmpty()) {
      throw refusal("must name a database after the host, like /mcp_oauth");
    }
    return new PostgresDsn(
        hostAndPort.group(1), port(hostAndPort.group(2)), database, user, password, options(query));
  }

  private static int port(@Nullable String port) {
    if (port == null) {
      return DEFAULT_PORT;
    }
    if (port.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(port);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    }
    throw refusal("must have a port from 1 to 65535");
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String given = decode(before(pair, '='), "option");
      String name = LIBPQ_NAMES.getOrDefault(given, given);
      if (SAID_ELSEWHERE.contains(name)) {
        throw refusal("must not have the option " + name + ": it stands before the ?");
      }
      if (!OPTION_NAME.matcher(name).matches() || PGProperty.forName(name) == null) {
        throw refusal("has an unknown option" + printable(given));
      }
      if (options.put(name, decode(after(pair, '='), "option")) != null) {
        throw refusal("has the option " + name + " twice");
      }
    }
    String sslMode = options.get("sslmode");
    if (sslMode != null && !SSL_MODES.contains(sslMode.toLowerCase(Locale.ROOT))) {
      throw refusal(
          "must have an sslmode of disable, allow, prefer, require, verify-ca or verify-full");
    }
    return options;
  }

  private static String printable(String name) {
    return OPTION_NAME.matcher(name).matches() ? ": " + name : "";
  }

  private static String decode(String encoded, String part) {
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.put(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw refusal("has a % in its " + part + " without two hexadecimal digits: write %25");
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      String result = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
      if (result.indexOf('\0') < 0) {
        return result;
      }
    } catch (CharacterCodingException e) {
      // Told below: the exception would name bytes of the input.
    }
    throw refusal("has a " + part + " that is not UTF-8 text");
  }

  private static String before(String text, char separator) {
    int index = text.indexOf(separator);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String after(String text, char separator) {
    int index = text.indexOf(separator);
    return index < 0 ? "" : text.substring(index + 1);
  }

  private static IllegalArgumentException refusal(String message) {
    return new IllegalArgumentException(message);
  }
}
