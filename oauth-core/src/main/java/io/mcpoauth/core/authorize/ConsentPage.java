package io.mcpoauth.core.authorize;

import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the consent page must show and carry.
 *
 * @param clientName what the client calls itself: untrusted text
 * @param clientRegisteredByOperator whether the operator knows this client
 * @param redirectUri where the user ends up; its host must be shown (MCP "Localhost Redirect URI
 *     Risks")
 * @param providers where the user can sign in, at least one
 * @param rememberFor how long the user can let this browser remember the approval; null when it
 *     cannot
 * @param ticket a hidden field of the form, to be given back in {@link ConsentSubmission}
 * @param browserSecret the value of the consent cookie to set
 */
public record ConsentPage(
    String clientName,
    String clientId,
    boolean clientRegisteredByOperator,
    RedirectUri redirectUri,
    Scopes scopes,
    ResourceUri resource,
    List<ProviderChoice> providers,
    @Nullable Duration rememberFor,
    Secret ticket,
    Secret browserSecret) {

  /** Copies the list. */
  public ConsentPage {
    providers = List.copyOf(providers);
  }
}
