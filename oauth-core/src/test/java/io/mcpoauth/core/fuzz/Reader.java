package io.mcpoauth.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.FuzzedServer;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.ClientMetadataMembers;
import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.internal.client.assertion.ClientAssertion;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A reader of foreign text, good examples of it, and what holds whatever it is given. */
enum Reader {
  REDIRECT_URI(
      List.of(
          "https://app.example/cb?tenant=1",
          "http://127.0.0.1:8080/cb",
          "http://[::1]/cb",
          "http://localhost:1/",
          "com.example.app:/callback",
          "cursor://anysphere/cb")) {
    @Override
    void check(String text) {
      RedirectUri.parse(text)
          .ifPresent(
              uri -> {
                assertThat(uri).hasToString(text);
                assertThat(text).matches("[!-~]+").doesNotContain("#", "\\", "*");
                assertThat(uri.matches(text)).isTrue();
                assertThat(URI.create(text).isAbsolute()).isTrue();
                if (uri.kind() == RedirectUri.Kind.LOOPBACK) {
                  assertThat(uri.host()).isIn("127.0.0.1", "[::1]", "localhost");
                }
              });
      for (String registered : examples()) {
        if (new RedirectUri(registered).matches(text)) {
          assertThat(withoutPort(text)).isEqualTo(withoutPort(registered));
        }
      }
    }
  },

  FORM(List.of("a=1&b=2", "client_id=x&code=y%2Bz", "scope=read+write", "state=%C3%A4", "a&b=&c")) {
    @Override
    void check(String text) {
      Parameters.parse(text).ifPresent(parameters -> agreesWithThePlatform(text, parameters));
    }

    private void agreesWithThePlatform(String text, Parameters parameters) {
      for (String pair : text.split("&", -1)) {
        if (pair.isEmpty()) {
          continue;
        }
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        assertThat(parameters.has(name)).isTrue();
        assertThat(value).doesNotContain("\0");
        if (!value.isEmpty()) {
          assertThat(parameters.all(name)).contains(value);
        }
      }
    }

    private String decode(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  },

  FORM_VALUE(List.of("read+write", "%E2%82%AC", "plain")) {
    @Override
    void check(String text) {
      if (text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        assertThat(Parameters.decodeValue(URLEncoder.encode(text, StandardCharsets.UTF_8)))
            .contains(text);
      }
    }
  },

  SCOPE(List.of("read write", "openid", "https://example.com/scope a:b")) {
    @Override
    void check(String text) {
      Scopes.parse(text)
          .ifPresent(
              scopes -> {
                assertThat(scopes.toString()).matches("[!#-\\[\\]-~ ]*");
                assertThat(Scopes.parse(scopes.toString())).contains(scopes);
                assertThat(scopes.retain(Scopes.of("read")).minus(Scopes.of("read")).isEmpty())
                    .isTrue();
              });
    }
  },

  RESOURCE(List.of("https://mcp.example/mcp", "HTTP://LOCALHOST:80/mcp/", "https://a.example")) {
    @Override
    void check(String text) {
      ResourceUri.parse(text)
          .ifPresent(
              resource -> {
                assertThat(ResourceUri.parse(resource.value())).contains(resource);
                assertThat(resource.value()).startsWith(resource.origin());
                assertThat(resource.value()).doesNotContain("#", "?", " ");
                assertThat(resource.origin()).doesNotContain("@");
              });
    }
  },

  CHALLENGE(List.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")) {
    @Override
    void check(String text) {
      CodeChallenge.parse(text)
          .ifPresent(challenge -> assertThat(text).matches("[A-Za-z0-9_-]{43}"));
      if (CodeChallenge.isVerifier(text)) {
        assertThat(text).matches("[A-Za-z0-9._~-]{43,128}");
      }
    }
  },

  BASIC_HEADER(List.of("Basic Y29uZmlkZW50aWFsOnNlY3JldA==", "basic OnM=", "Bearer x", "Basic")) {
    @Override
    void check(String text) {
      Server.FUZZED.isRefusedWith(text);
    }
  },

  ACCESS_TOKEN(List.of("e30.e30.AAAA")) {
    @Override
    void check(String text) {
      Server.FUZZED.isNoAccessToken(text);
    }
  },

  ACCESS_TOKEN_MADE_HERE(List.of()) {
    @Override
    List<String> examples() {
      return List.of(Server.FUZZED.accessToken());
    }

    @Override
    void check(String text) {
      Server.FUZZED.isNoAccessToken(text);
    }
  },

  CLIENT_ASSERTION(
      List.of(
          "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIiwic3ViIjoiYSIsImp0aSI6ImoifQ.AAAA",
          "eyJhbGciOiJub25lIn0.e30.",
          "e30.e30.e30")) {
    @Override
    void check(String text) {
      ClientAssertion.parse(Secret.of(text));
    }
  },

  CLIENT_METADATA(
      List.of(
          "{\"client_id\":\"https://a.example/c\",\"client_name\":\"A\","
              + "\"redirect_uris\":[\"https://a.example/cb\"]}",
          "{\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}}",
          "{\"grant_types\":[\"authorization_code\"],\"response_types\":[\"code\"],\"x\":[1,2.5]}")) {
    @Override
    void check(String text) {
      ClientMetadataMembers.parse(text, POLICY).ifPresent(this::checkMembers);
    }

    private void checkMembers(ClientMetadataMembers members) {
      try {
        members
            .redirectUris()
            .forEach(uri -> assertThat(uri.kind()).isNotEqualTo(RedirectUri.Kind.PLAIN_HTTP));
        members.grantTypes();
        members.requireResponseTypeCode();
        members.publicKeys();
      } catch (InvalidClientMetadata e) {
        assertThat(e.error().description()).matches("[ !#-\\[\\]-~]+");
      }
    }
  },

  JSON(List.of("{\"a\":1}", "{\"a\":{\"b\":[true,null,\"\\u00e4\"]}}", "[]", "\"x\"")) {
    @Override
    void check(String text) {
      Json.parseObject(text)
          .ifPresent(object -> assertThat(Json.parseObject(Json.write(object))).contains(object));
    }
  };

  private static final RedirectPolicy POLICY =
      new RedirectPolicy("https://proxy.example", Set.of("cursor"));

  /** Starts when it is first needed. */
  private static final class Server {
    static final FuzzedServer FUZZED = new FuzzedServer();
  }

  /** Immutable, which its type does not say. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> examples;

  Reader(List<String> examples) {
    this.examples = examples;
  }

  List<String> examples() {
    return examples;
  }

  /** Fails when the reader throws, or accepts what it must not. */
  abstract void check(String text);

  private static String withoutPort(String uri) {
    return uri.replaceFirst("^(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost)):[0-9]+", "$1");
  }
}
