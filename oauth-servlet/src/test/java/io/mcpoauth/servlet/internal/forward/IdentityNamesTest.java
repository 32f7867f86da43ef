package io.mcpoauth.servlet.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-WebAuth-User",
        "X-Goog-Authenticated-User-Email",
        "X-Goog-IAP-JWT-Assertion",
        "X-Amzn-Oidc-Identity",
        "X-Amzn-Oidc-Data",
        "X-MS-Client-Principal",
        "X-MS-Client-Principal-Name",
        "X-MS-Token-Aad-Access-Token",
        "Cf-Access-Authenticated-User-Email",
        "Cf-Access-Jwt-Assertion",
        "CF-Connecting-IPv6",
        "Tailscale-User-Login",
        "X-Pomerium-Claim-Email",
        "X-Vouch-User",
        "X-Consumer-Username",
        "X-JWT-Assertion",
        "SSL-Client-Cert",
        "SSL_CLIENT_S_DN",
        "X-SSL-CERT",
        "Forwarded-For",
        "X-Forward-For",
        "X-ProxyUser-Ip",
        "X-Azure-ClientIP",
        "X-Envoy-External-Address",
        "X-Role",
        "X-Roles",
        "X-Groups",
        "OIDC_CLAIM_email",
        "XForwardedUser",
        "X-HTTP-Method-Override",
        "X-Host",
        "Remote-User",
        "X-Username",
        "X-Real-IP"
      })
  void fieldThatSaysWhoIsThereIsKnown_HS10(String name) {
    assertThat(IdentityNames.contains(HeaderNames.fold(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Content-Type",
        "Last-Event-ID",
        "MCP-Protocol-Version",
        "Mcp-Session-Id",
        "Mcp-Param-User",
        "X-Mcp-Tools",
        "User-Agent",
        "X-Request-ID",
        "X-Correlation-Id",
        "X-API-Key",
        "X-Goog-Api-Key",
        "X-Goog-User-Project",
        "X-MS-Client-Request-Id",
        "X-Amzn-Trace-Id",
        "X-Cloud-Trace-Context",
        "X-Requested-With",
        "X-GitHub-Api-Version",
        "X-Tenant-Id",
        "traceparent",
        "tracestate",
        "baggage",
        "b3"
      })
  void fieldThatClientsSendForThemselvesIsNone_RS33(String name) {
    assertThat(IdentityNames.contains(HeaderNames.fold(name))).isFalse();
  }

  @Test
  void noPrefixBeginsWithAnother() {
    for (String prefix : IdentityNames.PREFIXES) {
      assertThat(IdentityNames.PREFIXES).filteredOn(prefix::startsWith).containsExactly(prefix);
      assertThat(IdentityNames.contains(prefix + "x")).isTrue();
    }
  }
}
