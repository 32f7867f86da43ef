package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what providers publish before the first user comes, and tells the operator at once where
 * nobody can sign in (UP-19). That is no reason not to start: users who have signed in before need
 * no provider.
 */
final class ProviderWarmUp {

  private static final Logger log = LoggerFactory.getLogger(ProviderWarmUp.class);

  private ProviderWarmUp() {}

  /**
   * Begins in the background.
   *
   * @param callback where sign-ins would come back to; nobody will
   */
  static void begin(List<IdentityProvider> providers, URI callback, SecretSource random) {
    Thread thread =
        new Thread(
            () -> providers.forEach(provider -> tryOut(provider, callback, random)),
            "warm-up-providers");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tryOut(IdentityProvider provider, URI callback, SecretSource random) {
    try {
      StartAnswer answer = provider.start(SignInProbe.of(callback, random));
      if (answer instanceof StartAnswer.Unavailable unavailable) {
        log.warn(
            "Nobody can sign in at provider {} now: {}. The command check tells more",
            provider.id(),
            unavailable.cause());
      }
    } catch (RuntimeException e) {
      // A plug-in's mistake must not hide what is wrong with those behind it.
      log.warn("Nobody can sign in at provider {}: it fails", provider.id(), e);
    }
  }
}
