package io.mcpoauth.core.authorize;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the browser is to be shown after a step of the authorization endpoint. */
public sealed interface AuthorizeOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link AskConsent}. */
    R askConsent(AskConsent outcome);

    /** What to make of {@link ToProvider}. */
    R toProvider(ToProvider outcome);

    /** What to make of {@link ToClient}. */
    R toClient(ToClient outcome);

    /** What to make of {@link OfferReturn}. */
    R offerReturn(OfferReturn outcome);

    /** What to make of {@link NotAllowed}. */
    R notAllowed(NotAllowed outcome);

    /** What to make of {@link ErrorPage}. */
    R errorPage(ErrorPage outcome);

    /** Never where users have no page of their own, since nothing begins such a sign-in there. */
    default R signedInHere(SignedInHere outcome) {
      throw new IllegalStateException("users have no page of their own here");
    }

    /** The same. */
    default R notSignedIn(NotSignedIn outcome) {
      throw new IllegalStateException("users have no page of their own here");
    }
  }

  /** Ask the user on our own page. */
  record AskConsent(ConsentPage page) implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.askConsent(this);
    }
  }

  /**
   * The user approved: remember the browser, then send it to the provider.
   *
   * @param loginId names the cookie
   * @param browserSecret the value of the cookie, which the callback must bring back (UP-03)
   * @param lifetime of the cookie
   */
  record ToProvider(URI location, String loginId, Secret browserSecret, Duration lifetime)
      implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.toProvider(this);
    }
  }

  /**
   * Back to the client, with a code or an error.
   *
   * @param location holds the code: never logged
   * @param approvals what the browser is to remember; null when that does not change
   */
  record ToClient(Secret location, @Nullable ApprovalsCookie approvals)
      implements AuthorizeOutcome {

    /** Without anything to remember. */
    public ToClient(Secret location) {
      this(location, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.toClient(this);
    }
  }

  /**
   * An error that belongs to a client which nobody has vouched for: a page with a link, since an
   * automatic redirect would make us an open redirector for whoever registered (OAuth 2.1 section
   * 7.12.2).
   *
   * @param location where the link leads: the client's redirect URI with the error
   */
  record OfferReturn(OAuthError error, Secret location) implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.offerReturn(this);
    }
  }

  /**
   * The user signed in, but the operator does not let this user in; HTTP 403. Say so on a page of
   * our own, from which a link leads back to the client with {@code access_denied}.
   *
   * @param provider what users know the provider by
   * @param account the user's own e-mail address or name; null when neither is known
   * @param location leads back to the client
   */
  record NotAllowed(String provider, @Nullable String account, Secret location)
      implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notAllowed(this);
    }
  }

  /**
   * The user signed in to see their own page: remember the browser, then show that page.
   *
   * @param session the value of the session cookie
   * @param lifetime of the cookie
   */
  record SignedInHere(Secret session, Duration lifetime) implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signedInHere(this);
    }
  }

  /** The user wanted to see their own page, but the sign-in did not succeed. */
  record NotSignedIn(ErrorCode error) implements AuthorizeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notSignedIn(this);
    }
  }

  /** An error page of our own: there is nobody whom it would be safe to redirect to. */
  record ErrorPage(Kind kind, OAuthError error) implements AuthorizeOutcome {

    /** What kind of page. */
    public enum Kind {
      /** The request is wrong; HTTP 400. */
      BAD_REQUEST,
      /** The request belongs to another browser; HTTP 403. */
      FORBIDDEN,
      /** We or the provider are out of order; HTTP 503. */
      UNAVAILABLE
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.errorPage(this);
    }
  }
}
