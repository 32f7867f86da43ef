package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.servlet.forward.McpServer;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders.PassedTokens;
import io.mcpoauth.servlet.internal.render.AccessAnswers;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.message.Answer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks core about a request, and turns whatever is not a grant into the answer to send. */
public final class AccessGuard {

  private static final PassedTokens NO_TOKENS = new PassedTokens(null, null);

  private final AuthorizationServer server;
  private final ErrorAnswers errors;
  private final AccessAnswers answers;

  /** A guard that asks this server. */
  public AccessGuard(AuthorizationServer server, ErrorAnswers errors) {
    this.server = server;
    this.errors = errors;
    this.answers = new AccessAnswers(errors);
  }

  /** What to do with a request. */
  public sealed interface Verdict {

    /**
     * Let it pass.
     *
     * @param tokens what an MCP server is given with it
     */
    record Pass(Granted granted, PassedTokens tokens) implements Verdict {}

    /** Answer this instead. */
    record Stop(Answer answer) implements Verdict {}
  }

  /**
   * Checks a request. Outages are 503 and never 401, which would make clients drop their tokens.
   *
   * @param authorization the {@code Authorization} field; null when there is none
   * @param source tells where the request comes from
   */
  public Verdict check(
      @Nullable Secret authorization, ProtectedResource resource, Supplier<?> source) {
    return check(authorization, resource, source, granted -> NO_TOKENS);
  }

  /**
   * The same for an MCP server, with the tokens that it is given.
   *
   * @param source tells where the request comes from; null when nobody can say
   */
  public Verdict check(
      @Nullable Secret authorization, McpServer mcpServer, @Nullable Supplier<?> source) {
    return check(
        authorization,
        mcpServer.resource(),
        source,
        granted ->
            new PassedTokens(
                providerToken(granted, mcpServer),
                mcpServer.passesIdentityToken()
                    ? server.identityToken(granted, mcpServer.resource())
                    : null));
  }

  /** Lets a request pass if that can be said without waiting; empty says nothing. */
  public Optional<Verdict.Pass> passAtOnce(@Nullable Secret authorization, McpServer mcpServer) {
    try {
      return server
          .grantedAtOnce(authorization, mcpServer.resource())
          .flatMap(granted -> passAtOnce(granted, mcpServer));
    } catch (RuntimeException e) {
      // It will fail again when the check that may wait is asked, which has an answer for it.
      return Optional.empty();
    }
  }

  private Optional<Verdict.Pass> passAtOnce(Granted granted, McpServer mcpServer) {
    Secret provider = providerToken(granted, mcpServer);
    return mcpServer.passesIdentityToken()
        ? server
            .identityTokenAtOnce(granted, mcpServer.resource())
            .map(identity -> new Verdict.Pass(granted, new PassedTokens(provider, identity)))
        : Optional.of(new Verdict.Pass(granted, new PassedTokens(provider, null)));
  }

  private static @Nullable Secret providerToken(Granted granted, McpServer mcpServer) {
    return mcpServer.passesProviderToken() ? granted.upstreamAccessToken() : null;
  }

  private Verdict check(
      @Nullable Secret authorization,
      ProtectedResource resource,
      @Nullable Supplier<?> source,
      Function<Granted, PassedTokens> tokens) {
    try {
      AccessDecision decision = server.checkAccess(authorization, resource, source);
      return decision instanceof Granted granted
          ? new Verdict.Pass(granted, tokens.apply(granted))
          : new Verdict.Stop(decision.match(answers).orElseThrow());
    } catch (StorageException e) {
      errors.reportOutage(e);
      return new Verdict.Stop(errors.busy());
    } catch (RuntimeException e) {
      return new Verdict.Stop(errors.serverError(errors.report(e)));
    }
  }
}
