package io.mcpoauth.core.contract;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.URI;

/** A provider, and the stand-in on loopback for what it talks to. */
public interface ProviderUnderTest extends AutoCloseable {

  /** The provider; the same at each call. */
  IdentityProvider provider();

  /**
   * What the browser brings back when that user approved of the sign-in.
   *
   * @param location where the provider sent the browser
   */
  Parameters approve(URI location, String user);

  /** What the browser brings back when the user said no. */
  Parameters decline(URI location);

  /** From now on the stand-in answers everything with status 503. */
  void goDown();

  /** From now on the stand-in takes requests and answers none. */
  void hang();

  /** The stand-in ends all grants: their refresh tokens are worth nothing any more. */
  void endGrants();

  @Override
  void close();
}
