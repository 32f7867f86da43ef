package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes consent pages. */
public final class ConsentPages {

  private static final Pattern BROWSER_SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ConsentTickets tickets;
  private final RememberedConsents remembered;
  private final List<ProviderChoice> providers;
  private final SecretSource random;

  /** Pages that offer these providers. */
  public ConsentPages(
      ConsentTickets tickets,
      RememberedConsents remembered,
      List<ProviderChoice> providers,
      SecretSource random) {
    this.tickets = tickets;
    this.remembered = remembered;
    this.providers = List.copyOf(providers);
    this.random = random;
  }

  /**
   * Asks the user about the client's request.
   *
   * @param existing the value of the browser's consent cookie; null when it has none
   */
  AskConsent ask(Client client, AuthorizationRequest request, @Nullable Secret existing) {
    Secret browserSecret = browserSecret(existing);
    return new AskConsent(
        new ConsentPage(
            client.name(),
            client.id(),
            client.origin() == Client.Origin.OPERATOR,
            request.redirectUri(),
            request.scopes(),
            request.resource(),
            providers,
            remembered.mayRemember(request) ? remembered.lifetime() : null,
            tickets.issue(request, client.revision(), browserSecret),
            browserSecret));
  }

  /** One secret per browser, so that pages rendered side by side can all be submitted (CN-08). */
  private Secret browserSecret(@Nullable Secret existing) {
    return existing != null && BROWSER_SECRET.matcher(existing.expose()).matches()
        ? existing
        : random.secret();
  }
}
