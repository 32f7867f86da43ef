package io.mcpoauth.core.client.document;

import java.util.Map;

/**
 * The head of a response.
 *
 * @param headers field values by name in lower case; values of one name are joined with commas (RFC
 *     9110 section 5.3)
 */
record HttpResponse(int status, Map<String, String> headers) {

  HttpResponse {
    headers = Map.copyOf(headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  boolean has(String name) {
    return headers.containsKey(name);
  }
}
