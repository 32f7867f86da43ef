package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Ties the sessions of MCP servers to the user and the client that opened them (RS-27). Clients are
 * given the server's id with a tag that only we can make for them, so nothing has to be kept, and
 * every instance with our keys can tell.
 */
public final class SessionIds {

  private static final char SEPARATOR = '.';
  private static final int TAG_BYTES = 16;

  /** Base64 of the tag, without padding. */
  private static final int TAG_CHARS = 22;

  private final KeyRing keys;

  /** Tags under those keys. */
  public SessionIds(KeyRing keys) {
    this.keys = keys;
  }

  /** The id that the client is given for a session that the server opened for it. */
  public String tie(Granted granted, ResourceUri resource, String sessionId) {
    return sessionId
        + SEPARATOR
        + encoded(keys.mac(KeyPurpose.MCP_SESSION, tied(granted, resource, sessionId)));
  }

  /** The server's id; empty when it was given to another user or client, or to nobody. */
  public Optional<String> untie(Granted granted, ResourceUri resource, String presented) {
    int end = presented.length() - TAG_CHARS - 1;
    if (end < 1 || presented.charAt(end) != SEPARATOR) {
      return Optional.empty();
    }
    String sessionId = presented.substring(0, end);
    byte[] tag = presented.substring(end + 1).getBytes(StandardCharsets.UTF_8);
    boolean genuine = false;
    for (byte[] expected : keys.macs(KeyPurpose.MCP_SESSION, tied(granted, resource, sessionId))) {
      genuine |= MessageDigest.isEqual(encoded(expected).getBytes(StandardCharsets.UTF_8), tag);
    }
    return genuine ? Optional.of(sessionId) : Optional.empty();
  }

  private static String[] tied(Granted granted, ResourceUri resource, String sessionId) {
    return new String[] {granted.user().id(), granted.clientId(), resource.toString(), sessionId};
  }

  private static String encoded(byte[] mac) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, TAG_BYTES));
  }
}
