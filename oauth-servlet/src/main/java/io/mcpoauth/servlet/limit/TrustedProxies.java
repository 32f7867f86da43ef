package io.mcpoauth.servlet.limit;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The reverse proxies whose word is taken for where a request comes from. Without any, which is
 * what counts unless the operator says otherwise, {@code X-Forwarded-For} has no say (CF-04,
 * DS-01).
 */
public final class TrustedProxies {

  private static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressBlock> blocks;

  private TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Nobody. */
  public static TrustedProxies none() {
    return NONE;
  }

  /**
   * Those at these addresses.
   *
   * @param addresses single ones, and blocks in CIDR notation
   * @throws IllegalArgumentException with a message fit for an operator when one is none, or would
   *     mean strangers
   */
  public static TrustedProxies of(Collection<String> addresses) {
    return new TrustedProxies(addresses.stream().map(AddressBlock::parse).toList());
  }

  /**
   * Where a request comes from: the peer or, as long as that is a trusted proxy, whom it says that
   * it speaks for. What a client wrote itself stands to the left of that and is not looked at
   * (HS-19).
   *
   * @param peer the address of the other end of the connection
   * @param forwardedFor the {@code X-Forwarded-For} field lines in order
   * @return an address as text; the peer as it was given where nobody speaks for another
   */
  public String clientOf(String peer, List<String> forwardedFor) {
    if (blocks.isEmpty()) {
      return peer;
    }
    String client = peer;
    List<String> hops = hops(forwardedFor);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      Optional<InetAddress> before = AddressLiteral.parseHop(hops.get(i));
      if (before.isEmpty()) {
        break;
      }
      client = before.get().getHostAddress();
    }
    return client;
  }

  private boolean isTrusted(String address) {
    return AddressLiteral.parseHop(address)
        .filter(parsed -> blocks.stream().anyMatch(block -> block.contains(parsed)))
        .isPresent();
  }

  private static List<String> hops(List<String> forwardedFor) {
    return forwardedFor.stream().flatMap(line -> Arrays.stream(line.split(",", -1))).toList();
  }
}
