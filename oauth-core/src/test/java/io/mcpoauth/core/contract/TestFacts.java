package io.mcpoauth.core.contract;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts with sensible values, told apart by their ids. */
public final class TestFacts {

  private static final Instant CREATED_AT = Instant.parse("2026-03-01T12:00:00Z");

  private TestFacts() {}

  /** A public client that anybody registered. */
  public static Client publicClient(String id) {
    return new Client(
        id,
        "Client " + id,
        List.of(
            new RedirectUri("http://127.0.0.1/callback"),
            new RedirectUri("https://client.example/callback")),
        ClientAuthenticationMethod.NONE,
        null,
        EnumSet.allOf(GrantType.class),
        Client.Origin.DYNAMIC,
        "{\"client_name\":\"Client " + id + "\"}",
        CREATED_AT);
  }

  /** A confidential client of the operator's, with texts that are easily mangled. */
  public static Client confidentialClient(String id) {
    return new Client(
        id,
        "Ünïcode '; -- \"client\" \\ {1} %s 🙂",
        List.of(new RedirectUri("com.example.app:/call,back?a=%7B%22&b='(x)'")),
        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
        hash("secret of " + id),
        EnumSet.of(GrantType.AUTHORIZATION_CODE),
        Client.Origin.OPERATOR,
        " { \"b\" : 1.0, \"a\":\"\\u0000\\u00e9\", \"a\":2 } ",
        CREATED_AT.plusNanos(123_456_000));
  }

  /** A client of the operator's that gets no tokens, but may ask about them. */
  public static Client resourceServer(String id) {
    return new Client(
        id,
        "Resource server " + id,
        List.of(),
        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
        hash("secret of " + id),
        Set.of(),
        Client.Origin.OPERATOR,
        "{\"resource\":\"https://mcp.example/mcp\"}",
        CREATED_AT);
  }

  /** A client that authenticates with a key of its own. */
  public static Client signingClient(String id) {
    return new Client(
        id,
        "Client " + id,
        List.of(new RedirectUri("https://client.example/callback")),
        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
        null,
        EnumSet.of(GrantType.AUTHORIZATION_CODE),
        Client.Origin.DYNAMIC,
        "{\"jwks\":{\"keys\":[]}}",
        CREATED_AT);
  }

  /** The same client under another name. */
  public static Client renamed(Client client, String name) {
    return new Client(
        client.id(),
        name,
        client.redirectUris(),
        client.authenticationMethod(),
        client.secretHash(),
        client.grantTypes(),
        client.origin(),
        "{\"client_name\":\"" + name + "\"}",
        client.createdAt());
  }

  /** A grant of two scopes. */
  public static Grant grant(String id) {
    return grant(id, Scopes.of("read", "write:everything"));
  }

  /** A grant of these scopes. */
  public static Grant grant(String id, Scopes scopes) {
    return grant(id, "client of " + id, scopes);
  }

  /** A grant of that client. */
  public static Grant grant(String id, String clientId) {
    return grant(id, clientId, Scopes.of("read"));
  }

  private static Grant grant(String id, String clientId, Scopes scopes) {
    return new Grant(
        id,
        clientId,
        "user of " + id,
        "provider",
        scopes,
        new ResourceUri("https://mcp.example/mcp"),
        sealed("profile of " + id),
        0);
  }

  /** A code whose hash is the one of its id. */
  public static AuthorizationCode code(String id) {
    return new AuthorizationCode(
        id,
        hash(id),
        new RedirectUri("http://127.0.0.1:33418/callback"),
        CodeChallenge.ofVerifier("verifier-that-is-at-least-43-characters-long-" + id.length()));
  }

  /** A login that waits for the browser of that name. */
  public static PendingLogin login(String id, String browser) {
    return new PendingLogin(id, hash(browser), sealed("request of " + id));
  }

  /** A signing key that follows the given one. */
  public static SigningKey signingKey(String kid, @Nullable String predecessor) {
    return new SigningKey(kid, predecessor, "{\"kid\":\"" + kid + "\"}", sealed("private " + kid));
  }

  /** The hash of that text. */
  public static SecretHash hash(String text) {
    return SecretHash.of(text);
  }

  /** Bytes that no text encoding leaves alone, then those of the text. */
  public static Sealed sealed(String text) {
    byte[] suffix = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[256 + suffix.length];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    System.arraycopy(suffix, 0, bytes, 256, suffix.length);
    return Sealed.ofStored(bytes);
  }
}
