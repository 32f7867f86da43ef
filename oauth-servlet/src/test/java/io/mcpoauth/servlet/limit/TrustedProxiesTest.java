package io.mcpoauth.servlet.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("127.0.0.1", "10.1.0.0/16", "fd00:1::/32", "192.0.2.128/25"));

  @Test
  void nobodyIsTrustedUnlessTheOperatorSaysSo_CF04_DS01() {
    assertThat(TrustedProxies.none().clientOf("127.0.0.1", List.of("198.51.100.1")))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.9 | 203.0.113.1                         | 198.51.100.9",
        "127.0.0.1    | 203.0.113.1                         | 203.0.113.1",
        "127.0.0.1    | 1.2.3.4, 203.0.113.1                | 203.0.113.1",
        "127.0.0.1    | 1.2.3.4, 203.0.113.1, 10.1.9.9      | 203.0.113.1",
        "10.2.0.1     | 203.0.113.1                         | 10.2.0.1",
        "192.0.2.129  | 203.0.113.1                         | 203.0.113.1",
        "192.0.2.127  | 203.0.113.1                         | 192.0.2.127",
        "127.0.0.1    | 10.1.0.1, 10.1.0.2                  | 10.1.0.1",
        "127.0.0.1    | 1.2.3.4, nonsense                   | 127.0.0.1",
        "127.0.0.1    | 1.2.3.4, unknown, 10.1.0.2          | 10.1.0.2",
        "127.0.0.1    | 203.0.113.1:4711                    | 203.0.113.1",
        "127.0.0.1    | [2001:db8::1]:443                   | 2001:db8:0:0:0:0:0:1",
        "fd00:1::9    | 2001:db8::1                         | 2001:db8:0:0:0:0:0:1",
        "127.0.0.1    | ::ffff:203.0.113.1                  | 203.0.113.1",
        "::ffff:127.0.0.1 | 203.0.113.1                     | 203.0.113.1",
        "127.0.0.1    | 256.0.0.1                           | 127.0.0.1",
        "127.0.0.1    | .:1                                 | 127.0.0.1",
        "127.0.0.1    | 255.249.199.99                      | 255.249.199.99",
        "127.0.0.1    | ''                                  | 127.0.0.1"
      })
  void rightMostAddressThatIsNoProxysCounts_HS19(String peer, String forwarded, String client) {
    assertThat(PROXIES.clientOf(peer, List.of(forwarded))).isEqualTo(client);
    assertThat(PROXIES.clientOf(peer, List.of(forwarded.split(",")))).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "2000::/3",
        "::ffff:0:0/96",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "010.0.0.1",
        "localhost",
        "*",
        "",
        "fe80::1%eth0",
        "::1/129"
      })
  void whoeverWouldMeanStrangersIsRefused_CF04(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of(text)))
        .withMessageStartingWith("it ");
  }

  @Test
  void longListOfHopsIsReadFromItsEnd_DS09() {
    String hops = "1.1.1.1,".repeat(100_000) + "203.0.113.1";
    assertThat(PROXIES.clientOf("127.0.0.1", List.of(hops))).isEqualTo("203.0.113.1");
  }
}
