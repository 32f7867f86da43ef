package io.mcpoauth.core.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Parameters on their way to the provider, in a query or in a request body. */
final class FormData {

  private final StringJoiner pairs = new StringJoiner("&");

  FormData add(String name, String value) {
    pairs.add(encode(name) + "=" + encode(value));
    return this;
  }

  /** The URI with these parameters behind those that it already has (RFC 6749 section 3.1). */
  URI appendTo(URI endpoint) {
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + separator + pairs);
  }

  /** The parameters as an {@code application/x-www-form-urlencoded} body. */
  String body() {
    return pairs.toString();
  }

  /** A space is %20 and not +, which every server understands in a query as well as in a body. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
