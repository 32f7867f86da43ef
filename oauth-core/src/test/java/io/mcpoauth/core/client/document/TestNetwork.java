package io.mcpoauth.core.client.document;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A small Internet: names have the addresses that a test gives them, whatever is connected to ends
 * at one loopback port, and both are written down.
 */
final class TestNetwork {

  static final String PUBLIC = "93.184.215.14";

  private final Map<String, Deque<List<InetAddress>>> names = new ConcurrentHashMap<>();
  private final List<String> contacted = new CopyOnWriteArrayList<>();
  private final AtomicInteger lookUps = new AtomicInteger();
  private final AtomicInteger port = new AtomicInteger();
  private final WatchedSockets tls;

  TestNetwork(SSLContext trust) {
    this.tls = new WatchedSockets(trust.getSocketFactory());
  }

  /** All connections end there. */
  TestNetwork leadingTo(int loopbackPort) {
    port.set(loopbackPort);
    return this;
  }

  /** The next answer for that name; the last one stays. Names without answers are public. */
  TestNetwork name(String host, String... addresses) {
    names.computeIfAbsent(host, key -> new ArrayDeque<>()).add(addresses(addresses));
    return this;
  }

  GuardedFetcher.Network network() {
    return new GuardedFetcher.Network(
        this::resolve,
        (socket, address, timeoutMillis) -> {
          contacted.add(address.getAddress().getHostAddress() + ":" + address.getPort());
          socket.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()), timeoutMillis);
        },
        tls);
  }

  List<String> contacted() {
    return List.copyOf(contacted);
  }

  /** The protocols that the last connection spoke at the most. */
  Set<String> protocolsOffered() {
    return Set.of(tls.last().getEnabledProtocols());
  }

  int lookUps() {
    return lookUps.get();
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    lookUps.incrementAndGet();
    Deque<List<InetAddress>> answers = names.get(host);
    if (answers == null) {
      return addresses(PUBLIC);
    }
    List<InetAddress> answer = answers.size() > 1 ? answers.remove() : answers.element();
    if (answer.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return answer;
  }

  private static List<InetAddress> addresses(String... literals) {
    return Arrays.stream(literals).map(TestNetwork::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
