package io.mcpoauth.core.contract;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A provider that answers what a test tells it to, and remembers what it was asked. */
public final class ScriptedProvider implements IdentityProvider {

  private final String id;
  private final List<SignInRequest> started = new CopyOnWriteArrayList<>();
  private final List<SignInCallback> finished = new CopyOnWriteArrayList<>();
  private final List<UpstreamTokens> refreshed = new CopyOnWriteArrayList<>();
  private final List<UpstreamTokens> revoked = new CopyOnWriteArrayList<>();
  private volatile RefreshAnswer refreshAnswer = new RefreshAnswer.Unavailable("scripted");
  private volatile CountDownLatch mayRefresh = new CountDownLatch(0);
  private volatile boolean reachable = true;
  private volatile SignInAnswer answer;

  /** A provider that vouches for Alice. */
  public ScriptedProvider(String id) {
    this.id = id;
    this.answer =
        new SignInAnswer.SignedIn(
            new User(id + ":alice", id, "alice@example.com", "Alice"),
            new UpstreamTokens(Secret.of("upstream access token"), null, null));
  }

  /** Ends the next sign-ins like this. */
  public void answerWith(SignInAnswer next) {
    this.answer = next;
  }

  /** Makes {@link #start} fail, or not. */
  public void reachable(boolean now) {
    this.reachable = now;
  }

  /** Ends the next refreshes like this. */
  public void answerRefreshWith(RefreshAnswer next) {
    this.refreshAnswer = next;
  }

  /** Holds the next refreshes up until then. */
  public void hangUntil(CountDownLatch free) {
    this.mayRefresh = free;
  }

  /** The tokens that were to be refreshed, the oldest first. */
  public List<UpstreamTokens> refreshed() {
    return refreshed;
  }

  /** The tokens that were given back, the oldest first. */
  public List<UpstreamTokens> revoked() {
    return revoked;
  }

  /** The sign-ins that were begun, the oldest first. */
  public List<SignInRequest> started() {
    return started;
  }

  /** The callbacks that were to be finished, the oldest first. */
  public List<SignInCallback> finished() {
    return finished;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String displayName() {
    return "Provider " + id;
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    started.add(request);
    return reachable
        ? new StartAnswer.Redirect(
            URI.create("https://" + id + ".example/authorize?state=" + request.state()))
        : new StartAnswer.Unavailable("scripted");
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    finished.add(callback);
    return answer;
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    refreshed.add(tokens);
    try {
      mayRefresh.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return refreshAnswer;
  }

  @Override
  public RevokeAnswer revoke(UpstreamTokens tokens) {
    revoked.add(tokens);
    return new RevokeAnswer.Unavailable("scripted");
  }
}
