package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialUseAddressesTest {

  private static boolean isPublic(String literal) throws UnknownHostException {
    return SpecialUseAddresses.isPublic(InetAddress.getByName(literal));
  }

  /** First and last address, and the neighbours outside where those are public. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.255.255.255, , 1.0.0.0",
    "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
    "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
    "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
    "168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17",
    "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
    "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
    "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0",
    "192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
    "192.31.196.0, 192.31.196.255, 192.31.195.255, 192.31.197.0",
    "192.52.193.0, 192.52.193.255, 192.52.192.255, 192.52.194.0",
    "192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0",
    "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
    "192.175.48.0, 192.175.48.255, 192.175.47.255, 192.175.49.0",
    "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
    "198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0",
    "203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0",
    "224.0.0.0, 239.255.255.255, 223.255.255.255,",
    "240.0.0.0, 255.255.255.255, ,"
  })
  void specialUseIpv4IsNotPublicAndItsNeighboursAre_CM03(
      String first, String last, String before, String after) throws UnknownHostException {
    assertThat(isPublic(first)).isFalse();
    assertThat(isPublic(last)).isFalse();
    assertThat(before == null || isPublic(before)).isTrue();
    assertThat(after == null || isPublic(after)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, "
        + "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
    "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, "
        + "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
    "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, "
        + "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
    "2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, "
        + "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff, 2620:4f:8001::",
    "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, "
        + "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
    "::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , 2000::",
    "4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, " + "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,"
  })
  void specialUseIpv6IsNotPublicAndItsNeighboursAre_CM04(
      String first, String last, String before, String after) throws UnknownHostException {
    assertThat(isPublic(first)).isFalse();
    assertThat(isPublic(last)).isFalse();
    assertThat(before == null || isPublic(before)).isTrue();
    assertThat(after == null || isPublic(after)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "100::",
        "100:0:0:1::",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2002:a00:1::",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:8.8.8.8",
        "5f00::",
        "fc00::",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1"
      })
  void addressThatLeadsInsideIsNotPublic_CM04(String literal) throws UnknownHostException {
    assertThat(isPublic(literal)).isFalse();
  }

  @Test
  void addressWithAZoneIsNotPublic_CM04() throws UnknownHostException {
    byte[] address = InetAddress.getByName("2606:4700::1111").getAddress();

    assertThat(SpecialUseAddresses.isPublic(Inet6Address.getByAddress(null, address, 3))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450:4001::200e"})
  void ordinaryAddressIsPublic(String literal) throws UnknownHostException {
    assertThat(isPublic(literal)).isTrue();
  }
}
