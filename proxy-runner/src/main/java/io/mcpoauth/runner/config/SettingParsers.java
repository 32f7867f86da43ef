package io.mcpoauth.runner.config;

import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ClientKey;
import io.mcpoauth.core.provider.Preset;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.jdbc.PostgresDsn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From text to values. Each method throws an {@link IllegalArgumentException} whose message says
 * what is wrong without quoting the text.
 */
final class SettingParsers {

  /** Stands in documentation, so everybody knows it: "example-key-do-not-use-in-prod!!" (CR-07). */
  static final String EXAMPLE_KEY = "ZXhhbXBsZS1rZXktZG8tbm90LXVzZS1pbi1wcm9kISE=";

  private static final Pattern OBJECT_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final int MAX_KEY_FILE_BYTES = 64 * 1024;

  private SettingParsers() {}

  static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("it must be a number");
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("it must be from 1 to 65535");
    }
    return port;
  }

  static InetAddress host(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("it is not an address or host name of this machine");
    }
  }

  static Mode mode(String text) {
    return switch (text) {
      case "proxy" -> Mode.PROXY;
      case "forward_auth" -> Mode.FORWARD_AUTH;
      case "middleware" ->
          throw new IllegalArgumentException(
              "it must be proxy or forward_auth; applications take the library in place of this"
                  + " program");
      default -> throw new IllegalArgumentException("it must be proxy or forward_auth");
    };
  }

  static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("it must be true or false");
    }
    return text.equals("true");
  }

  static Scopes scopes(String text) {
    Scopes scopes =
        Scopes.parse(text.replace(',', ' '))
            .orElseThrow(() -> new IllegalArgumentException("it holds characters no scope has"));
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("it names no scope");
    }
    return scopes;
  }

  /** Entries separated by commas or spaces, at least one. */
  static Set<String> entries(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1))
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The policy knows the rules. */
  static Set<String> emails(String text) {
    Set<String> emails = entries(text);
    AccessPolicy.of(emails, Set.of());
    return named(emails);
  }

  static Set<String> domains(String text) {
    Set<String> domains = entries(text);
    AccessPolicy.of(Set.of(), domains);
    return named(domains);
  }

  /** Tenants and groups of Microsoft Entra; names are not unique there. */
  static Set<String> objectIds(String text) {
    Set<String> ids = entries(text);
    if (!ids.stream().allMatch(id -> OBJECT_ID.matcher(id).matches())) {
      throw new IllegalArgumentException("it holds something that is no object id");
    }
    return named(ids);
  }

  static Set<String> organizations(String text) {
    return named(new Preset.GitHub(entries(text)).organizations());
  }

  /** An empty list would let everybody in. */
  private static Set<String> named(Set<String> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("it names nothing");
    }
    return entries;
  }

  static KeyRing keys(String text) {
    List<String> keys = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (keys.contains(EXAMPLE_KEY)) {
      throw new IllegalArgumentException("it is the example of the documentation");
    }
    return completed(() -> KeyRing.ofBase64(keys.stream().map(Secret::of).toList()));
  }

  static Duration days(String text) {
    Duration days = daysOrNever(text);
    if (days.isZero()) {
      throw new IllegalArgumentException("it must be one day at least");
    }
    return days;
  }

  static Duration daysOrNever(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException("it must be a number of days, at most 9999");
    }
    return Duration.ofDays(Integer.parseInt(text));
  }

  /** None, or at most those of an hour. */
  static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > 3_600) {
      throw new IllegalArgumentException("it must be a number of seconds, from 0 to 3600");
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }

  static int count(String text) {
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException("it must be a number, from 1 to 999999");
    }
    return Integer.parseInt(text);
  }

  /** At least one, at most those of a day. */
  static Duration minutes(String text) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 1_440) {
      throw new IllegalArgumentException("it must be a number of minutes, from 1 to 1440");
    }
    return Duration.ofMinutes(Integer.parseInt(text));
  }

  static PostgresDsn database(String text) {
    return completed(() -> PostgresDsn.parse(Secret.of(text)));
  }

  static String line(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("it must be one line");
    }
    return text;
  }

  /** The provider package knows the rules; the client id plays no part in them. */
  static String providerUrl(String text, boolean discovery) {
    ProviderSettings.Builder settings = ProviderSettings.builder("oauth", text, "any");
    return (discovery ? settings : settings.withoutDiscovery()).build().url().toString();
  }

  static boolean trueOrFalse(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("it must be true or false");
    }
    return text.equals("true");
  }

  /**
   * The key in that file.
   *
   * @param keyId by which the provider knows it; null where the key says
   */
  static ClientKey clientKey(String file, @Nullable String keyId) {
    Secret text;
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_KEY_FILE_BYTES) {
        throw new IllegalArgumentException("it names a file that is too large for a key");
      }
      text = Secret.of(Files.readString(path));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("it names no file that can be read");
    }
    return ClientKey.parse(text, keyId, SecretSource.system());
  }

  static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is not the name of a folder");
    }
  }

  /** For parsers whose messages leave the subject to the caller. */
  private static <T> T completed(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it " + e.getMessage(), e);
    }
  }
}
