package io.mcpoauth.servlet.limit;

import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.secret.SecretHash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How many requests are taken from one place. The standard is far above what people do: an office
 * of a hundred behind one address signs in without noticing, and so does a hosted client that calls
 * for thousands from a few addresses.
 */
public final class AddressLimits {

  /** Requests to the OAuth endpoints of one address. */
  public static final RateLimit STANDARD_REQUESTS = RateLimit.perMinute(6_000);

  /** Registrations of one address. */
  public static final RateLimit STANDARD_REGISTRATIONS = new RateLimit(600, Duration.ofHours(1));

  /** Enough for anybody who has a secret and mistypes it; nobody guesses one like that (CA-09). */
  private static final RateLimit FAILURES = RateLimit.perMinute(60);

  private static final int HOSTS_OF_A_SITE = 8;
  private static final int SITES_OF_ALL = 5;
  private static final String EVERYWHERE = "everywhere";

  private final TrustedProxies proxies;
  private final RateLimiter requestsOfHosts;
  private final RateLimiter requestsOfSites;
  private final RateLimiter registrationsOfHosts;
  private final RateLimiter registrationsOfSites;
  private final RateLimiter registrationsOfAll;
  private final RateLimiter failures;

  /**
   * Limits for one address; networks of addresses have more, and registrations have a limit for all
   * together, since each of them is kept (RG-22).
   */
  public AddressLimits(
      RateLimit requests, RateLimit registrations, TrustedProxies proxies, InstantSource clock) {
    this.proxies = proxies;
    this.requestsOfHosts = new RateLimiter(requests, clock);
    this.requestsOfSites = new RateLimiter(requests.times(HOSTS_OF_A_SITE), clock);
    this.registrationsOfHosts = new RateLimiter(registrations, clock);
    RateLimit ofSites = registrations.times(HOSTS_OF_A_SITE);
    this.registrationsOfSites = new RateLimiter(ofSites, clock);
    this.registrationsOfAll = new RateLimiter(ofSites.times(SITES_OF_ALL), clock);
    this.failures = new RateLimiter(FAILURES, clock);
  }

  /** The standard limits, without a trusted proxy. */
  public static AddressLimits standard() {
    return new AddressLimits(
        STANDARD_REQUESTS, STANDARD_REGISTRATIONS, TrustedProxies.none(), InstantSource.system());
  }

  /** The network that is one party's for sure, by which to tell sources apart (DS-03). */
  public static Object networkOf(String client) {
    return Source.of(client).host();
  }

  /** As {@link TrustedProxies#clientOf}. */
  public String clientOf(String peer, List<String> forwardedFor) {
    return proxies.clientOf(peer, forwardedFor);
  }

  /**
   * Counts a request.
   *
   * @return empty when it may pass; else when the next may
   */
  public Optional<Duration> countRequest(String client) {
    Source source = Source.of(client);
    return requestsOfHosts.take(source.host()).or(() -> requestsOfSites.take(source.site()));
  }

  /** Counts a registration, which is a request, too. */
  public Optional<Duration> countRegistration(String client) {
    Source source = Source.of(client);
    return countRequest(client)
        .or(() -> registrationsOfHosts.take(source.host()))
        .or(() -> registrationsOfSites.take(source.site()))
        .or(() -> registrationsOfAll.take(EVERYWHERE));
  }

  /**
   * Whether that source has just failed to be that OAuth client too often; another source, where
   * the client itself may be, has not (CA-09).
   */
  public Optional<Duration> tooManyFailures(String client, String clientId) {
    return failures.look(Failure.of(client, clientId));
  }

  /** Counts a failure to be that OAuth client. */
  public void countFailure(String client, String clientId) {
    var unused = failures.take(Failure.of(client, clientId));
  }

  /** Who failed to be whom. Strangers choose the ids and their length, so only a hash is kept. */
  private record Failure(Source.Network host, ByteBuffer clientIdHash) {

    static Failure of(String client, String clientId) {
      byte[] hash = SecretHash.of(clientId).toBytes();
      return new Failure(Source.of(client).host(), ByteBuffer.wrap(hash));
    }
  }
}
