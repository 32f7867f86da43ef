package io.mcpoauth.core.client.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.client.document.DocumentLoad.Busy;
import io.mcpoauth.core.client.document.DocumentLoad.Loaded;
import io.mcpoauth.core.client.document.DocumentLoad.Troubled;
import io.mcpoauth.core.client.document.DocumentLoad.Withdrawn;
import io.mcpoauth.core.client.document.FetchResult.Fetched;
import io.mcpoauth.core.client.document.FetchResult.Reason;
import io.mcpoauth.core.client.document.FetchResult.Refused;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.model.Client;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that are described by a document at the URL that is their id (Client ID Metadata
 * Document, MCP "Client ID Metadata Documents"). All other ids are looked up elsewhere.
 *
 * <p>Valid documents are kept for as long as their hosts say, within bounds; errors and invalid
 * documents never are. While a host is in trouble, the last good copy serves for a day; a host that
 * answers 404, 410 or an invalid document has withdrawn the client.
 */
public final class ClientDocuments implements ClientDirectory {

  private static final Logger log = LoggerFactory.getLogger(ClientDocuments.class);
  private static final int MAX_COPIES = 5_000;

  private final ClientDirectory others;
  private final ClientDocumentSettings settings;
  private final RedirectPolicy redirectPolicy;
  private final InstantSource clock;
  private final ExecutorService executor;
  private final ScheduledExecutorService scheduler;
  private final GuardedFetcher fetcher;
  private final DocumentFlights flights;
  private final Cache<String, DocumentCopy> copies =
      Caffeine.newBuilder().maximumSize(MAX_COPIES).build();

  /**
   * Documents besides other clients.
   *
   * @param others knows the clients whose ids are no document URLs; closed with this
   */
  public ClientDocuments(
      ClientDirectory others,
      ClientDocumentSettings settings,
      RedirectPolicy redirectPolicy,
      InstantSource clock) {
    this(others, settings, settings.network(), redirectPolicy, clock);
  }

  ClientDocuments(
      ClientDirectory others,
      ClientDocumentSettings settings,
      GuardedFetcher.Network network,
      RedirectPolicy redirectPolicy,
      InstantSource clock) {
    this.others = others;
    this.settings = settings;
    this.redirectPolicy = redirectPolicy;
    this.clock = clock;
    this.executor = Executors.newCachedThreadPool(threads("mcp-oauth-client-document"));
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(threads("mcp-oauth-client-document-deadline"));
    this.fetcher =
        new GuardedFetcher(network, settings.allowance(), settings.timeouts(), scheduler, clock);
    this.flights = new DocumentFlights(this::load, settings.timeouts(), executor, scheduler, clock);
  }

  @Override
  public ClientLookup find(String clientId) {
    return look(clientId, null);
  }

  @Override
  public ClientLookup find(String clientId, String revision) {
    return look(clientId, revision);
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    executor.shutdown();
    scheduler.shutdown();
    others.close();
  }

  private ClientLookup look(String clientId, @Nullable String revision) {
    Optional<ClientIdUrl> url = ClientIdUrl.parse(clientId, settings.allowance());
    if (url.isEmpty()) {
      return others.find(clientId);
    }
    if (!settings.domains().admits(url.get().host())) {
      return new ClientLookup.NotFound(ClientLookup.Reason.UNKNOWN);
    }
    DocumentCopy copy = copies.getIfPresent(clientId);
    if (copy != null && copy.isGood(clock.instant(), revision)) {
      return new ClientLookup.Found(copy.client());
    }
    return answer(url.get(), flights.join(url.get()));
  }

  private ClientLookup answer(ClientIdUrl url, DocumentLoad load) {
    if (load instanceof Loaded loaded) {
      return new ClientLookup.Found(loaded.client());
    }
    DocumentCopy lastGood = copies.getIfPresent(url.value());
    if (lastGood != null && lastGood.isUsable(clock.instant())) {
      return new ClientLookup.Found(lastGood.client());
    }
    return new ClientLookup.NotFound(
        load instanceof Busy ? ClientLookup.Reason.BUSY : ClientLookup.Reason.UNREADABLE);
  }

  private DocumentLoad load(ClientIdUrl url) {
    FetchResult result = fetcher.fetch(url);
    return result instanceof Fetched fetched
        ? read(url, fetched)
        : refuse(url, ((Refused) result).reason());
  }

  private DocumentLoad read(ClientIdUrl url, Fetched document) {
    Optional<ClientIdUrl> keysUrl =
        PublishedKeySet.urlIn(document.body(), url, settings.allowance());
    if (keysUrl.isEmpty()) {
      return check(url, document);
    }
    FetchResult keys = fetcher.fetch(keysUrl.get());
    return keys instanceof Fetched fetched
        ? check(url, PublishedKeySet.insert(fetched, document))
        : refuse(url, ((Refused) keys).reason());
  }

  private DocumentLoad check(ClientIdUrl url, Fetched fetched) {
    Instant now = clock.instant();
    try {
      Client client = ClientDocument.read(url, fetched.body(), redirectPolicy, now);
      copies.put(url.value(), DocumentCopy.of(client, now, fetched.lifetime()));
      return new Loaded(client);
    } catch (InvalidClientMetadata e) {
      log.info(
          "The client metadata document {} is not valid: {}", url.value(), e.error().description());
      return withdraw(url);
    }
  }

  private DocumentLoad refuse(ClientIdUrl url, Reason reason) {
    log.info("The client metadata document {} could not be read: {}", url.value(), reason);
    return switch (reason.phase()) {
      case REACHING -> postpone(url, true);
      case ANSWERED -> postpone(url, false);
      case LIMITED -> new Busy();
      case WITHDRAWN -> withdraw(url);
    };
  }

  private DocumentLoad withdraw(ClientIdUrl url) {
    copies.invalidate(url.value());
    return new Withdrawn();
  }

  private DocumentLoad postpone(ClientIdUrl url, boolean tellsByTime) {
    Instant now = clock.instant();
    copies.asMap().computeIfPresent(url.value(), (key, copy) -> copy.postponed(now));
    return new Troubled(tellsByTime);
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
