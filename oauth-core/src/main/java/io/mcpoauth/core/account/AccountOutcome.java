package io.mcpoauth.core.account;

import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import java.util.List;

/** What the browser is to be shown of the user's own page. */
public sealed interface AccountOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Overview}. */
    R overview(Overview outcome);

    /** What to make of {@link SignInNeeded}. */
    R signInNeeded(SignInNeeded outcome);

    /** What to make of {@link FormRefused}. */
    R formRefused();

    /** What to make of {@link Disconnected}. */
    R disconnected();

    /** What to make of {@link SignedOut}. */
    R signedOut();
  }

  /**
   * All that the user granted.
   *
   * @param apps those used last first
   * @param formToken a hidden field of each form, to be given back in {@link AccountRequest}
   */
  record Overview(User user, List<ConnectedApp> apps, Secret formToken) implements AccountOutcome {

    /** Copies the list. */
    public Overview {
      apps = List.copyOf(apps);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.overview(this);
    }
  }

  /**
   * Nobody is signed in here.
   *
   * @param providers where the user can sign in, at least one
   */
  record SignInNeeded(List<ProviderChoice> providers) implements AccountOutcome {

    /** Copies the list. */
    public SignInNeeded {
      providers = List.copyOf(providers);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signInNeeded(this);
    }
  }

  /** Somebody is signed in here, but the form was not made for them: nothing was done. */
  record FormRefused() implements AccountOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.formRefused();
    }
  }

  /** The grant has ended; show the overview again. */
  record Disconnected() implements AccountOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.disconnected();
    }
  }

  /** The session has ended; its cookie is to be removed. */
  record SignedOut() implements AccountOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signedOut();
    }
  }
}
