package io.mcpoauth.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.mcpoauth.core.audit.AuditEvent.ClientRegistered;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.GrantRevoked;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditEvent.TokensRefreshed;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLineTest {

  @Test
  void eventIsALineOfNamesAndValues() {
    assertThat(
            AuditLine.of(
                new TokensRefreshed(
                    "g1",
                    "https://app.example/client.json",
                    "idp:42",
                    new ResourceUri("https://proxy.example/mcp"),
                    Scopes.of("read", "write"),
                    "t1",
                    true)))
        .isEqualTo(
            "event=tokens_refreshed grant_id=g1 client_id=https://app.example/client.json"
                + " user_id=idp:42 resource=https://proxy.example/mcp scopes=\"read write\""
                + " token_id=t1 repeated=true");
    assertThat(AuditLine.of(new GrantRevoked("g1", RevocationReason.CODE_REPLAYED)))
        .isEqualTo("event=grant_revoked grant_id=g1 reason=code_replayed");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(
            AuditLine.of(
                new RequestRefused(Endpoint.TOKEN, ErrorCode.INVALID_CLIENT, "not known", null)))
        .isEqualTo(
            "event=request_refused endpoint=token error=invalid_client description=\"not known\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nevent=grant_revoked grant_id=x",
        "a\u001b[31mred",
        "a\" event=\"b",
        "a\\\" event=b",
        "a\u2028b\u2029c",
        "a\u0085b\u0000c\u007f",
        "\u202egnp.exe",
        "a b=c",
        ""
      })
  void namesOfStrangersForgeNothing_LG03(String name) {
    String line = AuditLine.of(new ClientRegistered("c1", name, false));

    assertThat(line).matches("[ -~]*");
    assertThat(line)
        .matches(
            "event=client_registered client_id=c1 client_name=\"([^\"\\\\]|\\\\.)*\""
                + " repeated=false");
  }

  @Test
  void namesInOtherScriptsStayReadable() {
    assertThat(AuditLine.of(new ClientRegistered("c1", "Zoë 小", false)))
        .contains("client_name=\"Zoë 小\"");
  }

  @Test
  void longValuesAreCut_LG03() {
    assertThat(AuditLine.of(new ClientRegistered("c1", "😀".repeat(10_000), false)))
        .hasSizeLessThan(4_000)
        .endsWith("...\" repeated=false");
  }

  @Test
  void eventsHoldPlainWordsOnly_LG01() {
    Set<Class<?>> plain =
        Set.of(
            String.class,
            boolean.class,
            Scopes.class,
            ResourceUri.class,
            ErrorCode.class,
            RevocationReason.class,
            Endpoint.class);
    assertThat(AuditEvent.class.getPermittedSubclasses())
        .allSatisfy(
            event ->
                assertThat(Stream.of(event.getRecordComponents()).map(RecordComponent::getType))
                    .isSubsetOf(plain));
    assertThat(
            Arrays.stream(AuditEvent.class.getPermittedSubclasses())
                .flatMap(event -> Arrays.stream(event.getRecordComponents()))
                .map(RecordComponent::getName))
        .noneMatch(name -> name.matches(".*([sS]ecret|[vV]erifier|[eE]mail|state|nonce)"));
  }

  @Test
  void logThatFailsHarmsNobody() {
    AuditLog failing =
        event -> {
          throw new IllegalStateException("disk full");
        };
    assertThatNoException()
        .isThrownBy(
            () ->
                AuditLog.harmless(failing)
                    .write(new GrantRevoked("g1", RevocationReason.CLIENT_REQUEST)));
  }
}
