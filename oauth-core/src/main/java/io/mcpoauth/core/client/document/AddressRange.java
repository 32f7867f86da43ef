package io.mcpoauth.core.client.document;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses in CIDR notation (RFC 4632). */
final class AddressRange {

  private final byte[] prefix;
  private final int bits;

  private AddressRange(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads {@code address/bits}.
   *
   * @throws IllegalArgumentException when it is not that
   */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    try {
      // A literal, so nothing is looked up.
      byte[] prefix = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new AddressRange(prefix, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address range", e);
    }
  }

  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int wholeBytes = bits / 8;
    for (int i = 0; i < wholeBytes; i++) {
      if (address[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || (((address[wholeBytes] ^ prefix[wholeBytes]) & 0xff) >> (8 - rest)) == 0;
  }
}
