package io.mcpoauth.core.client.document;

import io.mcpoauth.core.client.document.FetchResult.Fetched;
import io.mcpoauth.core.client.document.FetchResult.Reason;
import io.mcpoauth.core.client.document.FetchResult.Refused;
import io.mcpoauth.core.client.document.HttpResponseReader.Unacceptable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches a URL that a stranger chose. The name is resolved once, every address of the answer is
 * checked, and the connection goes to a checked address: there is no second look-up that could
 * answer differently (CM-06). Nothing but the URL leaves this machine: no cookies, no credentials,
 * no proxy of the environment (CM-21), and no redirect is followed (CM-08).
 */
final class GuardedFetcher {

  private static final int MAX_ADDRESSES_TRIED = 4;
  private static final int REQUESTS_PER_ADDRESS_AND_MINUTE = 600;
  private static final Pattern JSON =
      Pattern.compile(
          "application/(?:json|[a-z0-9!#$&^_.-]+\\+json)[\\t ]*(?:;[^,]*)?",
          Pattern.CASE_INSENSITIVE);

  private final Network network;
  private final DangerousTestAllowance allowance;
  private final FetchTimeouts timeouts;
  private final ScheduledExecutorService scheduler;
  private final InstantSource clock;
  private final TargetRates addressRates;

  /** What the fetcher touches the network with. */
  record Network(AddressResolver resolver, Connector connector, SSLSocketFactory tls) {}

  /** Connects a socket; tests watch it. */
  @FunctionalInterface
  interface Connector {
    void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;
  }

  GuardedFetcher(
      Network network,
      DangerousTestAllowance allowance,
      FetchTimeouts timeouts,
      ScheduledExecutorService scheduler,
      InstantSource clock) {
    this.network = network;
    this.allowance = allowance;
    this.timeouts = timeouts;
    this.scheduler = scheduler;
    this.clock = clock;
    this.addressRates =
        new TargetRates(REQUESTS_PER_ADDRESS_AND_MINUTE, Duration.ofMinutes(1), clock);
  }

  /** Fetches, on this thread, within the timeouts as far as the resolver keeps to them. */
  FetchResult fetch(ClientIdUrl url) {
    try (FetchDeadline deadline = new FetchDeadline(scheduler, timeouts)) {
      List<InetAddress> addresses = network.resolver().resolve(url.host());
      if (addresses.isEmpty()) {
        return new Refused(Reason.NO_ADDRESS);
      }
      if (!addresses.stream().allMatch(this::mayBeContacted)) {
        return new Refused(Reason.SPECIAL_USE_ADDRESS);
      }
      return fetch(url, addresses, deadline);
    } catch (UnknownHostException e) {
      return new Refused(Reason.NO_ADDRESS);
    } catch (Unacceptable e) {
      return new Refused(e.reason());
    }
  }

  private boolean mayBeContacted(InetAddress address) {
    return SpecialUseAddresses.isPublic(address) || allowance.allowsAddress(address);
  }

  private FetchResult fetch(ClientIdUrl url, List<InetAddress> addresses, FetchDeadline deadline)
      throws Unacceptable {
    Socket plain = connect(url, addresses, deadline);
    SSLSocket socket = secure(plain, url);
    deadline.reached();
    try {
      socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
      return read(new HttpResponseReader(socket.getInputStream()));
    } catch (IOException e) {
      throw new Unacceptable(deadline.isExpired() ? Reason.TOO_SLOW : Reason.MALFORMED_RESPONSE);
    }
  }

  private Socket connect(ClientIdUrl url, List<InetAddress> addresses, FetchDeadline deadline)
      throws Unacceptable {
    int tries = Math.min(addresses.size(), MAX_ADDRESSES_TRIED);
    int timeoutMillis = (int) Math.max(1, timeouts.reaching().toMillis() / tries);
    for (InetAddress address : addresses.subList(0, tries)) {
      if (!addressRates.admit(address.getHostAddress())) {
        throw new Unacceptable(Reason.ADDRESS_RATE);
      }
      Socket socket = new Socket(Proxy.NO_PROXY);
      deadline.guard(socket);
      try {
        network
            .connector()
            .connect(socket, new InetSocketAddress(address, url.port()), timeoutMillis);
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
      }
    }
    throw new Unacceptable(Reason.UNREACHABLE);
  }

  /** TLS 1.2 or later, to the host of the URL by name and by certificate (CM-20). */
  private SSLSocket secure(Socket plain, ClientIdUrl url) throws Unacceptable {
    try {
      SSLSocket socket =
          (SSLSocket) network.tls().createSocket(plain, url.host(), url.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setServerNames(List.of(new SNIHostName(url.host())));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      throw new Unacceptable(Reason.NO_TRUSTED_TLS);
    }
  }

  private FetchResult read(HttpResponseReader reader) throws IOException, Unacceptable {
    HttpResponse head = reader.readHead();
    if (head.status() == 404 || head.status() == 410) {
      return new Refused(Reason.GONE);
    }
    if (head.status() != 200) {
      return new Refused(Reason.STATUS);
    }
    if (!JSON.matcher(head.header("content-type")).matches()) {
      return new Refused(Reason.CONTENT_TYPE);
    }
    return new Fetched(reader.readBody(head), CacheLifetime.of(head.headers(), clock));
  }

  private static String request(ClientIdUrl url) {
    return String.join(
        "\r\n",
        "GET " + url.target() + " HTTP/1.1",
        "Host: " + url.authority(),
        "User-Agent: mcp-oauth-proxy",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "");
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never worked.
    }
  }
}
