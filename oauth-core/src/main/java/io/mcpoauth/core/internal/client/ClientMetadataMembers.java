package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.assertion.ClientKeys;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Client metadata as RFC 7591 section 2 defines it, checked member by member, whether a client
 * registered with it or published it. What we do not know is left out, never half-trusted.
 */
public final class ClientMetadataMembers {

  /** The longest name of a client, in characters. */
  public static final int MAX_NAME_LENGTH = 200;

  private static final int MAX_REDIRECT_URIS = 20;
  private static final int MAX_TEXT_LENGTH = 2_000;
  private static final int MAX_CONTACTS = 10;

  private final ObjectNode document;
  private final RedirectPolicy redirectPolicy;

  ClientMetadataMembers(ObjectNode document, RedirectPolicy redirectPolicy) {
    this.document = document;
    this.redirectPolicy = redirectPolicy;
  }

  /**
   * The members of that document; empty when the text is not one JSON object.
   *
   * @param redirectPolicy must allow all redirect URIs
   */
  public static Optional<ClientMetadataMembers> parse(String json, RedirectPolicy redirectPolicy) {
    return Json.parseObject(json).map(object -> new ClientMetadataMembers(object, redirectPolicy));
  }

  /** Whether the document has that member, with any value but null. */
  public boolean has(String name) {
    return document.hasNonNull(name);
  }

  /** {@code redirect_uris}: at least one. */
  public List<RedirectUri> redirectUris() throws InvalidClientMetadata {
    JsonNode member = document.get("redirect_uris");
    if (member == null || !member.isArray() || member.isEmpty()) {
      throw new InvalidClientMetadata(
          ErrorCode.INVALID_REDIRECT_URI, "redirect_uris must be a list of at least one URI");
    }
    if (member.size() > MAX_REDIRECT_URIS) {
      throw new InvalidClientMetadata("redirect_uris has too many members");
    }
    List<RedirectUri> uris = new ArrayList<>();
    for (JsonNode uri : member) {
      Optional<RedirectUri> parsed =
          uri.isTextual() ? RedirectUri.parse(uri.textValue()) : Optional.empty();
      if (parsed.isEmpty() || !redirectPolicy.allows(parsed.get())) {
        throw new InvalidClientMetadata(
            ErrorCode.INVALID_REDIRECT_URI,
            "a redirect URI must be https, http on a loopback host, or of a native application's"
                + " scheme, without fragment, wildcard or dot segments");
      }
      uris.add(parsed.get());
    }
    return uris;
  }

  /** {@code grant_types}; those that we do not have are left out. */
  public Set<GrantType> grantTypes() throws InvalidClientMetadata {
    List<String> names = texts("grant_types");
    Set<GrantType> types = EnumSet.noneOf(GrantType.class);
    for (String name : names.isEmpty() ? List.of("authorization_code") : names) {
      GrantType.ofWireName(name).ifPresent(types::add);
    }
    if (!types.contains(GrantType.AUTHORIZATION_CODE)) {
      throw new InvalidClientMetadata("grant_types must have authorization_code");
    }
    return types;
  }

  /** {@code response_types}: {@code code} is the only one that we have. */
  public void requireResponseTypeCode() throws InvalidClientMetadata {
    List<String> types = texts("response_types");
    if (!types.isEmpty() && !types.contains("code")) {
      throw new InvalidClientMetadata("response_types must have code");
    }
  }

  /**
   * The keys in {@code jwks}; it excludes {@code jwks_uri}, and may hold nothing private (RG-16,
   * CM-14).
   */
  public ClientKeys publicKeys() throws InvalidClientMetadata {
    httpsUrl("jwks_uri");
    PublishedKeys.check(document);
    return ClientKeys.of(document.path("jwks"));
  }

  /** The members that only inform: those that the document has must be well-formed. */
  public void requireWellFormedInformation() throws InvalidClientMetadata {
    informational(UnaryOperator.identity());
  }

  /** The member {@code jwks} as it stands in the document. */
  JsonNode keySet() {
    return document.path("jwks");
  }

  /**
   * The members that only inform, as far as the document has them.
   *
   * @param offered those of the scopes that are offered here: what the answer names, a client may
   *     take for what it gets (RFC 7591 section 3.2.1)
   */
  ObjectNode informational(UnaryOperator<Scopes> offered) throws InvalidClientMetadata {
    ObjectNode echoed = Json.object();
    for (String member : List.of("client_uri", "logo_uri", "tos_uri", "policy_uri")) {
      echo(echoed, member, httpsUrl(member));
    }
    for (String member : List.of("software_id", "software_version")) {
      echo(echoed, member, text(member, MAX_NAME_LENGTH));
    }
    echo(echoed, "application_type", applicationType());
    Scopes scopes = offered.apply(scopes());
    echo(echoed, "scope", scopes.isEmpty() ? null : scopes.toString());
    List<String> contacts = texts("contacts");
    if (contacts.size() > MAX_CONTACTS) {
      throw new InvalidClientMetadata("contacts has too many members");
    }
    if (!contacts.isEmpty()) {
      contacts.forEach(echoed.putArray("contacts")::add);
    }
    return echoed;
  }

  /** Shown on pages, so nothing but a web address (CN-11); null when it is absent. */
  private @Nullable String httpsUrl(String name) throws InvalidClientMetadata {
    String text = text(name, MAX_TEXT_LENGTH);
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Falls through to the refusal.
    }
    throw new InvalidClientMetadata(name + " must be an https URL");
  }

  /** A string; null when it is absent. */
  public @Nullable String text(String name, int maxLength) throws InvalidClientMetadata {
    JsonNode member = document.get(name);
    if (member == null || member.isNull()) {
      return null;
    }
    if (!member.isTextual()
        || member.textValue().length() > maxLength
        || member.textValue().indexOf('\0') >= 0) {
      throw new InvalidClientMetadata(
          name + " must be a string of at most " + maxLength + " characters");
    }
    return member.textValue();
  }

  /** A list of short strings; empty when it is absent. */
  public List<String> texts(String name) throws InvalidClientMetadata {
    JsonNode member = document.get(name);
    if (member == null || member.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : member) {
      if (!item.isTextual() || item.textValue().length() > MAX_NAME_LENGTH) {
        throw new InvalidClientMetadata(name + " must be a list of short strings");
      }
      texts.add(item.textValue());
    }
    if (!member.isArray()) {
      throw new InvalidClientMetadata(name + " must be a list of strings");
    }
    return texts;
  }

  private @Nullable String applicationType() throws InvalidClientMetadata {
    String type = text("application_type", MAX_NAME_LENGTH);
    if (type != null && !type.equals("native") && !type.equals("web")) {
      throw new InvalidClientMetadata("application_type must be native or web");
    }
    return type;
  }

  private Scopes scopes() throws InvalidClientMetadata {
    String scope = text("scope", MAX_TEXT_LENGTH);
    return Scopes.parse(scope == null ? "" : scope)
        .orElseThrow(() -> new InvalidClientMetadata("scope has a character that is not allowed"));
  }

  private static void echo(ObjectNode echoed, String name, @Nullable String value) {
    if (value != null) {
      echoed.put(name, value);
    }
  }
}
