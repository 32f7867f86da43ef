package io.mcpoauth.servlet.limit;

import java.net.InetAddress;

/**
 * Addresses that begin with the same bits (RFC 4632 section 3.1).
 *
 * @param address any of them
 * @param bits how many are the same
 */
record AddressBlock(InetAddress address, int bits) {

  /** Wider blocks are other people's: 10.0.0.0/8 and fc00::/7 are the widest that are not. */
  private static final int FEWEST_IPV4_BITS = 8;

  private static final int FEWEST_IPV6_BITS = 7;

  /**
   * Reads an address, or {@code address/bits}.
   *
   * @throws IllegalArgumentException with a message fit for an operator, which quotes nothing
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(
                () -> new IllegalArgumentException("it holds something that is no IP address"));
    int length = address.getAddress().length * 8;
    int bits = slash < 0 ? length : bits(text.substring(slash + 1), length);
    if (bits < (length == 32 ? FEWEST_IPV4_BITS : FEWEST_IPV6_BITS)) {
      throw new IllegalArgumentException(
          "it trusts more than a private network, so that anybody could say who they are");
    }
    return new AddressBlock(address, bits);
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bits(String text, int most) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("it holds a block whose length is no number of bits");
  }
}
