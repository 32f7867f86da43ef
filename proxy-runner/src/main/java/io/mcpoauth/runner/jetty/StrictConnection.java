package io.mcpoauth.runner.jetty;

import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * An HTTP/1.1 connection that takes proper request lines only, and never becomes another protocol's
 * (RS-19): who asks for that is answered as everybody is (RFC 9110 section 7.8).
 */
final class StrictConnection extends HttpConnection {

  private StrictConnection(
      HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
    super(configuration, connector, endPoint);
  }

  /** Makes such connections. */
  static final class Factory extends HttpConnectionFactory {

    Factory(HttpConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      StrictConnection made = new StrictConnection(getHttpConfiguration(), connector, endPoint);
      made.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
      return configure(made, connector, endPoint);
    }
  }

  @Override
  protected HttpParser newHttpParser(HttpCompliance compliance) {
    HttpParser usual = super.newHttpParser(compliance);
    StrictParser strict =
        new StrictParser(
            (HttpParser.RequestHandler) usual.getHandler(),
            getHttpConfiguration().getRequestHeaderSize(),
            compliance);
    strict.setHeaderCacheSize(usual.getHeaderCacheSize());
    strict.setHeaderCacheCaseSensitive(usual.isHeaderCacheCaseSensitive());
    return strict;
  }

  @Override
  protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
    if (!target.startsWith("/") && lacksHost(target)) {
      throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "no host");
    }
    return new HttpStreamOverHTTP1(method, target, version) {
      @Override
      public void parsedHeader(HttpField field) {
        if (field.getHeader() != HttpHeader.UPGRADE) {
          super.parsedHeader(field);
        }
      }
    };
  }

  /** RFC 9110 section 4.2.1: {@code http:/path} names none, and would be taken for ours. */
  private static boolean lacksHost(String target) {
    int colon = target.indexOf(':');
    return colon >= 0 && (!target.startsWith("//", colon + 1) || target.startsWith("/", colon + 3));
  }
}
