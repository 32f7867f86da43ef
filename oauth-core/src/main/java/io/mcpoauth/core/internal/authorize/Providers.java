package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The identity providers that users can choose from, with the redirect URIs registered at them.
 *
 * @param reserved what ids of users begin with that are no provider's
 * @param callback the redirect URI of a provider that is the only one; several have one each below
 *     it, so that the answer of one is never taken for another's (RFC 9700 section 4.4.2.2, UP-07)
 */
public record Providers(List<IdentityProvider> all, URI callback, Set<String> reserved) {

  /**
   * @throws IllegalArgumentException when there is no provider, or two have the same id, or one a
   *     reserved id
   */
  public Providers {
    all = List.copyOf(all);
    reserved = Set.copyOf(reserved);
    if (all.isEmpty() || all.stream().map(IdentityProvider::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("needs at least one provider, each with its own id");
    }
    if (all.stream().map(IdentityProvider::id).anyMatch(reserved::contains)) {
      throw new IllegalArgumentException("a provider has the id of a trusted issuer");
    }
  }

  /** Those providers, with users of nobody else. */
  public Providers(List<IdentityProvider> all, URI callback) {
    this(all, callback, Set.of());
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
            && Stream.concat(all.stream().map(IdentityProvider::id), reserved.stream())
                .noneMatch(id -> user.id().startsWith(id + ":"));
    return user.provider().equals(provider.id()) && (own || bare);
  }

  /** What the consent page offers. */
  public List<ProviderChoice> choices() {
    return all.stream()
        .map(provider -> new ProviderChoice(provider.id(), provider.displayName()))
        .toList();
  }
}
