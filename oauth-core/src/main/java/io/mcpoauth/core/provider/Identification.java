package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out for whom a provider issued tokens, and whether the operator's rules let them in. */
final class Identification {

  private static final Logger LOG = LoggerFactory.getLogger(Identification.class);

  private final ProviderSettings settings;
  private final Dialect dialect;
  private final IdTokenVerifier idTokens;
  private final UserInfo userInfo;

  Identification(
      ProviderSettings settings, Dialect dialect, IdTokenVerifier idTokens, UserInfo userInfo) {
    this.settings = settings;
    this.dialect = dialect;
    this.idTokens = idTokens;
    this.userInfo = userInfo;
  }

  /**
   * The user who has just signed in.
   *
   * @param openId whether an ID token must prove it
   * @param nonce that the ID token must answer (UP-09)
   */
  Step<SignInAnswer> signedIn(
      ProviderMetadata provider,
      TokenReply.Granted granted,
      boolean openId,
      String nonce,
      Deadline deadline) {
    Step<User> user =
        openId
            ? verifiedClaims(provider, granted.idToken(), deadline)
                .then(claims -> answering(nonce, claims))
                .then(claims -> complete(claims, provider, granted, deadline))
            : alone(provider, granted, deadline);
    return user.then(known -> new Step.Next<>(new SignInAnswer.SignedIn(known, granted.tokens())));
  }

  /**
   * New tokens together with the user as far as the provider still vouches. A provider that says
   * nothing, or nothing sound, ends no grant: the old refresh token may be spent, so what counts
   * first is that the new one is kept.
   *
   * @param openId whether an ID token, if there is one, tells (OpenID Connect Core section 12.2)
   */
  RefreshAnswer refreshed(
      ProviderMetadata provider, TokenReply.Granted granted, boolean openId, Deadline deadline) {
    Step<User> user =
        openId && granted.idToken() != null
            ? verifiedClaims(provider, granted.idToken(), deadline)
                .then(claims -> complete(claims, provider, granted, deadline))
            : alone(provider, granted, deadline);
    if (user instanceof Step.Next<User> known) {
      return new RefreshAnswer.Refreshed(granted.tokens(), known.value());
    }
    SignInAnswer end = ((Step.End<User>) user).answer();
    if (end instanceof SignInAnswer.NotAllowed denied) {
      return new RefreshAnswer.NotAllowed(denied.rule());
    }
    LOG.debug("Provider {} says nothing new about the user: {}", settings.id(), end);
    return new RefreshAnswer.Refreshed(granted.tokens());
  }

  private Step<JsonObject> verifiedClaims(
      ProviderMetadata provider, @Nullable Secret idToken, Deadline deadline) {
    String issuer = provider.issuer();
    return idToken == null || issuer == null
        ? Step.rejected("no ID token came; a plain OAuth 2.0 provider needs scopes without openid")
        : idTokens.verify(
            idToken,
            (keyIssuer, claims) -> dialect.isTokenIssuer(issuer, keyIssuer, claims),
            deadline);
  }

  private static Step<JsonObject> answering(String nonce, JsonObject claims) {
    return nonce.equals(claims.text("nonce"))
        ? new Step.Next<>(claims)
        : Step.rejected("the ID token has another nonce");
  }

  private Step<User> complete(
      JsonObject claims, ProviderMetadata provider, TokenReply.Granted granted, Deadline deadline) {
    URI endpoint = dialect.usesUserInfo() ? provider.userinfo() : null;
    return userInfo
        .complete(claims, endpoint, granted.tokens().accessToken(), deadline)
        .then(sources -> allowed(dialect.subjectOf(claims), sources));
  }

  private Step<User> alone(
      ProviderMetadata provider, TokenReply.Granted granted, Deadline deadline) {
    URI endpoint = dialect.usesUserInfo() ? provider.userinfo() : null;
    return userInfo
        .alone(endpoint, granted.tokens().accessToken(), deadline)
        .then(profile -> allowed(Profile.subjectOrIdOf(profile), List.of(profile)));
  }

  /** UP-16: nobody signs in without a stable subject. */
  private Step<User> allowed(@Nullable String subject, List<JsonObject> sources) {
    if (subject == null) {
      return Step.rejected("the provider named no usable subject");
    }
    User user = Profile.user(settings.userIdPrefix() + subject, settings.id(), sources, dialect);
    return dialect
        .brokenRule(sources.get(0))
        .<Step<User>>map(rule -> new Step.End<>(new SignInAnswer.NotAllowed(user, rule)))
        .orElseGet(() -> new Step.Next<>(user));
  }
}
