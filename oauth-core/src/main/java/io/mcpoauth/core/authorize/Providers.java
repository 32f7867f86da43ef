package io.mcpoauth.core.authorize;

import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity providers that users can choose from, with the redirect URIs registered at them.
 *
 * @param callback the redirect URI of a provider that is the only one; several have one each below
 *     it, so that the answer of one is never taken for another's (RFC 9700 section 4.4.2.2, UP-07)
 */
public record Providers(List<IdentityProvider> all, URI callback) {

  /**
   * @throws IllegalArgumentException when there is no provider or two have the same id
   */
  public Providers {
    all = List.copyOf(all);
    if (all.isEmpty() || all.stream().map(IdentityProvider::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("needs at least one provider, each with its own id");
    }
  }

  Optional<IdentityProvider> find(String id) {
    return all.stream().filter(provider -> provider.id().equals(id)).findFirst();
  }

  /** The redirect URI that operators register at this provider. */
  public URI redirectUri(IdentityProvider provider) {
    return all.size() == 1 ? callback : URI.create(callback + "/" + provider.id());
  }

  /**
   * Whether this provider's answers may arrive there.
   *
   * @param path the provider that the callback's path names; null when it names none
   */
  boolean mayAnswerAt(IdentityProvider provider, @Nullable String path) {
    return path == null ? all.size() == 1 : path.equals(provider.id());
  }

  /**
   * Whether the provider may vouch for the user. Ids begin with their provider's id, so that no
   * provider can speak of another's users (UP-14); the first provider's may lack it.
   */
  boolean mayVouchFor(IdentityProvider provider, User user) {
    boolean own = user.id().startsWith(provider.id() + ":");
    boolean bare =
        provider == all.get(0)
            && all.stream().noneMatch(other -> user.id().startsWith(other.id() + ":"));
    return user.provider().equals(provider.id()) && (own || bare);
  }

  /** What the consent page offers. */
  public List<ProviderChoice> choices() {
    return all.stream()
        .map(provider -> new ProviderChoice(provider.id(), provider.displayName()))
        .toList();
  }
}
