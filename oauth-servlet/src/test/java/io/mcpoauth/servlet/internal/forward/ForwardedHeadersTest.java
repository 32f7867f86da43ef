package io.mcpoauth.servlet.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders.PassedTokens;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** For any header set of a client, the MCP server sees our identity headers once, and only ours. */
class ForwardedHeadersTest {

  private static final List<String> OURS =
      List.of(
          "X-Forwarded-User",
          "X-Forwarded-Email",
          "X-Forwarded-Name",
          "X-Forwarded-Access-Token",
          "X-Forwarded-Identity",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host");
  private static final List<String> INNOCENT =
      List.of("Accept", "Content-Type", "Mcp-Session-Id", "Mcp-Param-Region", "traceparent");
  private static final List<String> FORBIDDEN =
      List.of(
          "Authorization",
          "Cookie",
          "Forwarded",
          "X-Real-IP",
          "Remote-User",
          "X-User-Id",
          "X-Auth-Request-Email",
          "Proxy-Authorization",
          "TE",
          "Upgrade",
          "X-Forwarded-Groups");
  private static final PassedTokens BOTH_TOKENS =
      new PassedTokens(Secret.of("provider"), Secret.of("identity"));
  private static final PassedTokens NO_TOKENS = new PassedTokens(null, null);
  private static final String FILLERS = "-_.~!|+*'`^#$%& ";

  private final AuthorizationServer server = TestServer.at(URI.create("https://mcp.example"));
  private final ForwardedHeaders policy = new ForwardedHeaders(server.settings());

  @AfterEach
  void close() {
    server.close();
  }

  @RepeatedTest(300)
  void anyHeaderSetYieldsOurIdentityOnce_HS01_HS02_HS03_HS04_HS05(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<HeaderField> inbound = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      inbound.add(new HeaderField(anyName(random), "forged"));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      inbound.add(
          new HeaderField("Connection", "close, " + anyName(random) + ", " + anyName(random)));
    }

    List<HeaderField> outbound =
        policy.toUpstream(inbound, granted("a@b.example", "Ada"), "192.0.2.1", BOTH_TOKENS);

    Map<String, String> expected =
        Map.of(
            "x-forwarded-user", "u1",
            "x-forwarded-email", "a@b.example",
            "x-forwarded-name", "Ada",
            "x-forwarded-access-token", "provider",
            "x-forwarded-identity", "identity",
            "x-forwarded-for", "192.0.2.1",
            "x-forwarded-proto", "https",
            "x-forwarded-host", "mcp.example");
    expected.forEach(
        (name, value) ->
            assertThat(outbound)
                .filteredOn(field -> loose(field.name()).equals(loose(name)))
                .singleElement()
                .extracting(HeaderField::value)
                .isEqualTo(value));
    for (String forbidden : FORBIDDEN) {
      assertThat(outbound).noneMatch(field -> loose(field.name()).equals(loose(forbidden)));
    }
  }

  @Test
  void absentValuesStayAbsent_HS12() {
    List<HeaderField> outbound =
        policy.toUpstream(
            List.of(new HeaderField("X-Forwarded-Email", "forged")),
            granted(null, null),
            "192.0.2.1",
            NO_TOKENS);
    assertThat(outbound)
        .extracting(HeaderField::name)
        .containsExactly(
            "X-Forwarded-User", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host");
  }

  @Test
  void namesAreEncodedSoThatDecodingIsUnambiguous() {
    List<HeaderField> outbound =
        policy.toUpstream(List.of(), granted(null, " Zoë\r\nX: 100% "), "192.0.2.1", NO_TOKENS);
    assertThat(outbound)
        .contains(new HeaderField("X-Forwarded-Name", "%20Zo%C3%AB%0D%0AX: 100%25%20"));
  }

  @Test
  void endToEndFieldsPassUntouched_RS33() {
    List<HeaderField> inbound =
        INNOCENT.stream().map(name -> new HeaderField(name, "v " + name)).toList();
    assertThat(policy.toUpstream(inbound, granted(null, null), "192.0.2.1", NO_TOKENS))
        .containsAll(inbound);
  }

  private static Granted granted(@Nullable String email, @Nullable String name) {
    return new Granted(new User("u1", "test", email, name), "c1", "g1", "t1", Scopes.none(), null);
  }

  private static String anyName(Random random) {
    List<String> pool =
        switch (random.nextInt(3)) {
          case 0 -> OURS;
          case 1 -> FORBIDDEN;
          default -> INNOCENT;
        };
    StringBuilder name = new StringBuilder();
    for (char c : pool.get(random.nextInt(pool.size())).toCharArray()) {
      if (c == '-') {
        for (int i = random.nextInt(2); i >= 0; i--) {
          name.append(FILLERS.charAt(random.nextInt(FILLERS.length())));
        }
      } else {
        name.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
    }
    return random.nextInt(4) == 0 ? name + "." : name.toString();
  }

  private static String loose(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
