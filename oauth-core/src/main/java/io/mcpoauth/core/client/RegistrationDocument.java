package io.mcpoauth.core.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Client metadata as RFC 7591 section 2 defines it, checked member by member. What we do not know
 * is left out of the client, never half-trusted.
 */
final class RegistrationDocument {

  private static final int MAX_REDIRECT_URIS = 20;
  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_TEXT_LENGTH = 2_000;
  private static final int MAX_CONTACTS = 10;
  private static final String UNNAMED = "Unnamed client";

  private final ObjectNode document;
  private final RedirectPolicy redirectPolicy;

  RegistrationDocument(ObjectNode document, RedirectPolicy redirectPolicy) {
    this.document = document;
    this.redirectPolicy = redirectPolicy;
  }

  /** Checked metadata; {@code echoed} are the informational members to be given back. */
  record Metadata(
      String name,
      List<RedirectUri> redirectUris,
      ClientAuthenticationMethod authenticationMethod,
      Set<GrantType> grantTypes,
      ObjectNode echoed) {}

  /** Thrown and caught in this package only, since a check may stand deep in a member. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient OAuthError error;

    Invalid(ErrorCode code, String description) {
      super(description, null, false, false);
      this.error = new OAuthError(code, description);
    }

    OAuthError error() {
      return error;
    }
  }

  Metadata check() throws Invalid {
    List<RedirectUri> redirectUris = redirectUris();
    ClientAuthenticationMethod method = authenticationMethod();
    Set<GrantType> grantTypes = grantTypes();
    requireResponseTypeCode();
    ObjectNode echoed = Json.object();
    String name = text("client_name", MAX_NAME_LENGTH);
    for (String member : List.of("client_uri", "logo_uri", "tos_uri", "policy_uri")) {
      echo(echoed, member, httpsUrl(member));
    }
    for (String member : List.of("software_id", "software_version")) {
      echo(echoed, member, text(member, MAX_NAME_LENGTH));
    }
    echo(echoed, "application_type", applicationType());
    echo(echoed, "scope", scope());
    List<String> contacts = contacts();
    if (!contacts.isEmpty()) {
      contacts.forEach(echoed.putArray("contacts")::add);
    }
    return new Metadata(
        name == null || name.isBlank() ? UNNAMED : name, redirectUris, method, grantTypes, echoed);
  }

  private List<RedirectUri> redirectUris() throws Invalid {
    JsonNode member = document.get("redirect_uris");
    if (member == null || !member.isArray() || member.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_REDIRECT_URI, "redirect_uris must be a list of at least one URI");
    }
    if (member.size() > MAX_REDIRECT_URIS) {
      throw new Invalid(ErrorCode.INVALID_CLIENT_METADATA, "redirect_uris has too many members");
    }
    List<RedirectUri> uris = new ArrayList<>();
    for (JsonNode uri : member) {
      Optional<RedirectUri> parsed =
          uri.isTextual() ? RedirectUri.parse(uri.textValue()) : Optional.empty();
      if (parsed.isEmpty() || !redirectPolicy.allows(parsed.get())) {
        throw new Invalid(
            ErrorCode.INVALID_REDIRECT_URI,
            "a redirect URI must be https, http on a loopback host, or of a native application's"
                + " scheme, without fragment, wildcard or dot segments");
      }
      uris.add(parsed.get());
    }
    return uris;
  }

  /** RFC 7591 section 2: {@code client_secret_basic} when it is left out. */
  private ClientAuthenticationMethod authenticationMethod() throws Invalid {
    String name = text("token_endpoint_auth_method", MAX_NAME_LENGTH);
    return ClientAuthenticationMethod.ofWireName(name == null ? "client_secret_basic" : name)
        .orElseThrow(() -> invalid("token_endpoint_auth_method is not supported here"));
  }

  /** Grant types that we do not have are left out, which the response shows. */
  private Set<GrantType> grantTypes() throws Invalid {
    List<String> names = texts("grant_types");
    Set<GrantType> types = EnumSet.noneOf(GrantType.class);
    for (String name : names.isEmpty() ? List.of("authorization_code") : names) {
      GrantType.ofWireName(name).ifPresent(types::add);
    }
    if (!types.contains(GrantType.AUTHORIZATION_CODE)) {
      throw invalid("grant_types must have authorization_code");
    }
    return types;
  }

  private void requireResponseTypeCode() throws Invalid {
    List<String> types = texts("response_types");
    if (!types.isEmpty() && !types.contains("code")) {
      throw invalid("response_types must have code");
    }
  }

  private @Nullable String applicationType() throws Invalid {
    String type = text("application_type", MAX_NAME_LENGTH);
    if (type != null && !type.equals("native") && !type.equals("web")) {
      throw invalid("application_type must be native or web");
    }
    return type;
  }

  private @Nullable String scope() throws Invalid {
    String scope = text("scope", MAX_TEXT_LENGTH);
    if (scope != null && Scopes.parse(scope).isEmpty()) {
      throw invalid("scope has a character that is not allowed");
    }
    return scope;
  }

  private List<String> contacts() throws Invalid {
    List<String> contacts = texts("contacts");
    if (contacts.size() > MAX_CONTACTS) {
      throw invalid("contacts has too many members");
    }
    return contacts;
  }

  /** Shown on pages, so nothing but a web address (CN-11). */
  private @Nullable String httpsUrl(String name) throws Invalid {
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
    throw invalid(name + " must be an https URL");
  }

  private @Nullable String text(String name, int maxLength) throws Invalid {
    JsonNode member = document.get(name);
    if (member == null || member.isNull()) {
      return null;
    }
    if (!member.isTextual()
        || member.textValue().length() > maxLength
        || member.textValue().indexOf('\0') >= 0) {
      throw invalid(name + " must be a string of at most " + maxLength + " characters");
    }
    return member.textValue();
  }

  private List<String> texts(String name) throws Invalid {
    JsonNode member = document.get(name);
    if (member == null || member.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : member) {
      if (!item.isTextual() || item.textValue().length() > MAX_NAME_LENGTH) {
        throw invalid(name + " must be a list of short strings");
      }
      texts.add(item.textValue());
    }
    if (!member.isArray()) {
      throw invalid(name + " must be a list of strings");
    }
    return texts;
  }

  private static void echo(ObjectNode echoed, String name, @Nullable String value) {
    if (value != null) {
      echoed.put(name, value);
    }
  }

  private static Invalid invalid(String description) {
    return new Invalid(ErrorCode.INVALID_CLIENT_METADATA, description);
  }
}
