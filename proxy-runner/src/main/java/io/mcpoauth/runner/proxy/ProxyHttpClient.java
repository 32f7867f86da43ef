package io.mcpoauth.runner.proxy;

import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A client that passes messages on and does nothing of its own: it follows no redirect, answers no
 * challenge, keeps no cookie, decodes no content and adds no {@code User-Agent}.
 */
@SuppressWarnings("try") // Jetty declares close() to throw anything; it is stopped as a bean.
public final class ProxyHttpClient extends HttpClient {

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int POOLED_IDLE_MILLIS = 30_000;
  private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final int BUFFER_SIZE = 16_384;
  private static final int MAX_HEADERS_SIZE = 65_536;

  /** Each stream holds a connection for as long as it lives: the stock 64 are gone at once. */
  private static final int MAX_CONNECTIONS = 20_000;

  /** A client that has not been started. */
  public ProxyHttpClient() {
    super(transport());
    setName("mcp-proxy");
    setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    setIdleTimeout(POOLED_IDLE_MILLIS);
    setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    setMaxRequestsQueuedPerDestination(MAX_CONNECTIONS);
    setRequestBufferSize(BUFFER_SIZE);
    setResponseBufferSize(BUFFER_SIZE);
    setMaxRequestHeadersSize(MAX_HEADERS_SIZE);
    setMaxResponseHeadersSize(MAX_HEADERS_SIZE);
    setFollowRedirects(false);
    setHttpCookieStore(new HttpCookieStore.Empty());
    setUserAgentField(null);
  }

  /**
   * Selectors pass responses on themselves, since nothing that does so waits: as many as the server
   * has by default. No cache of header fields, which takes 100 kB of each connection.
   */
  private static HttpClientTransportOverHTTP transport() {
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(SELECTORS);
    transport.setHeaderCacheSize(0);
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    return transport;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    getContentDecoderFactories().clear();
    getProtocolHandlers().clear();
    getProtocolHandlers().put(new ContinueProtocolHandler());
    getProtocolHandlers().put(new ProcessingProtocolHandler());
    getProtocolHandlers().put(new EarlyHintsProtocolHandler());
  }
}
