package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that an MCP server sees.
 *
 * <p>Whatever the client sends, the MCP server sees exactly one {@code X-Forwarded-User}, at most
 * one each of {@code X-Forwarded-Email}, {@code -Name}, {@code -Access-Token} and {@code
 * -Identity}, all with our values, and {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}
 * rebuilt from the real peer and the configured issuer (HS-01 to HS-13). Credentials and cookies
 * meant for us stop here (RS-11), as does what belongs to one hop. Framing ({@code Host}, {@code
 * Content-Length}) is left to the engine.
 */
public final class ForwardedHeaders {

  private static final String USER = "X-Forwarded-User";
  private static final String EMAIL = "X-Forwarded-Email";
  private static final String NAME = "X-Forwarded-Name";
  private static final String ACCESS_TOKEN = "X-Forwarded-Access-Token";
  private static final String IDENTITY_TOKEN = "X-Forwarded-Identity";

  /** Ours, or the engine's to write anew. */
  private static final Set<String> REMOVED =
      Set.of("authorization", "content-length", "cookie", "cookie2", "host");

  /** What an MCP server may learn of the user. */
  public static final List<String> IDENTITY_FIELDS =
      List.of(USER, EMAIL, NAME, ACCESS_TOKEN, IDENTITY_TOKEN);

  private static final int MOST_ADDED = 8;
  private static final FieldNames END_TO_END = new FieldNames(ForwardedHeaders::isEndToEnd);

  private final String proto;
  private final String host;

  /** Takes scheme and host from the configured issuer, never from a request (MD-02). */
  public ForwardedHeaders(ServerSettings settings) {
    this.proto = settings.issuer().getScheme();
    this.host = settings.issuer().getRawAuthority();
  }

  /**
   * The tokens that an MCP server is given.
   *
   * @param provider the provider's access token; null when there is none for this server
   * @param identity our signed statement of who the user is; null when there is none for it
   */
  public record PassedTokens(@Nullable Secret provider, @Nullable Secret identity) {}

  /**
   * The fields to send to the MCP server.
   *
   * @param inbound what the client sent
   * @param client the address that the request comes from
   * @param passed which tokens this MCP server is given
   */
  public List<HeaderField> toUpstream(
      List<HeaderField> inbound, Granted granted, String client, PassedTokens passed) {
    List<HeaderField> fields = END_TO_END.filter(inbound, MOST_ADDED);
    addIdentity(fields, granted, passed);
    fields.add(new HeaderField("X-Forwarded-For", client));
    fields.add(new HeaderField("X-Forwarded-Proto", proto));
    fields.add(new HeaderField("X-Forwarded-Host", host));
    return fields;
  }

  /** Every identity field once; what is not known or not meant for this MCP server is empty. */
  public static List<HeaderField> identity(Granted granted, PassedTokens passed) {
    List<HeaderField> known = new ArrayList<>();
    addIdentity(known, granted, passed);
    List<HeaderField> all = new ArrayList<>(known);
    for (String name : IDENTITY_FIELDS) {
      if (known.stream().noneMatch(field -> field.name().equals(name))) {
        all.add(new HeaderField(name, ""));
      }
    }
    return all;
  }

  /** Whether an application behind our filter may see this field as the client sent it. */
  public static boolean isForApplications(String name) {
    String folded = HeaderNames.fold(name);
    return !folded.equals("authorization") && !IdentityNames.contains(folded);
  }

  private static void addIdentity(List<HeaderField> fields, Granted granted, PassedTokens passed) {
    fields.add(new HeaderField(USER, PercentEncoding.encode(granted.user().id())));
    addIfPresent(fields, EMAIL, granted.user().email());
    addIfPresent(fields, NAME, granted.user().name());
    Secret provider = passed.provider();
    if (provider != null && isTokenText(provider.expose())) {
      fields.add(new HeaderField(ACCESS_TOKEN, provider.expose()));
    }
    Secret identity = passed.identity();
    if (identity != null) {
      fields.add(new HeaderField(IDENTITY_TOKEN, identity.expose()));
    }
  }

  private static void addIfPresent(List<HeaderField> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.add(new HeaderField(name, PercentEncoding.encode(value)));
    }
  }

  private static boolean isEndToEnd(String folded) {
    return !folded.isEmpty()
        && !REMOVED.contains(folded)
        && !HeaderNames.isHopByHop(folded)
        && !IdentityNames.contains(folded);
  }

  /** RFC 6750 section 2.1 and RFC 6749 appendix A.12: visible ASCII; else it is no header value. */
  private static boolean isTokenText(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
