package io.mcpoauth.core.secret;

import io.mcpoauth.core.internal.secret.OpaqueToken;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes and recognises opaque tokens.
 *
 * <p>A token is a fixed prefix (for secret scanners, CR-10), the id of its row, and 256 bits of
 * secret followed by a 128-bit tag over all of it. The tag tells a token that we once issued from a
 * forged one without any lookup: a flood of forgeries costs no database work (DS-08), and only a
 * genuine old refresh token can end its grant.
 */
public final class OpaqueTokens {

  /** With two keys each of ten steps doubles the candidates; only one of them is real. */
  private static final int MAX_CANDIDATES = 1_024;

  private static final int TAG_LENGTH = 16;
  private static final int SECRET_LENGTH = 32;

  private final KeyRing keys;
  private final String prefix;
  private final Pattern form;

  /**
   * Tokens of one kind.
   *
   * @param prefix lower-case letters and underscores, for example {@code mcpr_}
   */
  public OpaqueTokens(KeyRing keys, String prefix) {
    this(
        keys,
        prefix,
        Pattern.compile(Pattern.quote(prefix) + "([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{64})"));
  }

  private OpaqueTokens(KeyRing keys, String prefix, Pattern form) {
    this.keys = keys;
    this.prefix = prefix;
    this.form = form;
  }

  /** A token for the row of that id with a fresh secret. */
  public OpaqueToken mint(String id, SecretSource random) {
    return assemble(id, random.bytes(SECRET_LENGTH));
  }

  /**
   * The token that follows the given one: always the same for the same token and the same first
   * key, so that a repeated request is answered alike without anything being stored.
   */
  public OpaqueToken successorOf(OpaqueToken token) {
    return assemble(token.id(), keys.mac(KeyPurpose.REFRESH_SUCCESSOR, token.expose()));
  }

  /**
   * The token whose hash is the given one, among the successors of this token and theirs, under any
   * key of the ring: during a change of keys another instance may have derived it with another key.
   *
   * @param generations how many steps to look at
   */
  public Optional<OpaqueToken> successorOf(
      OpaqueToken token, SecretHash expected, int generations) {
    List<OpaqueToken> generation = List.of(token);
    for (int i = 0; i < generations; i++) {
      generation = generation.stream().flatMap(this::successors).limit(MAX_CANDIDATES).toList();
      Optional<OpaqueToken> found =
          generation.stream().filter(next -> next.hash().matches(expected)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** One for each key: an instance makes secret and tag with the same one. */
  private Stream<OpaqueToken> successors(OpaqueToken token) {
    return keys.each().map(key -> new OpaqueTokens(key, prefix, form).successorOf(token));
  }

  /** The token that the text is; empty unless a key of the ring once made it. */
  public Optional<OpaqueToken> parse(String text) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String id = matcher.group(1);
    byte[] body = Base64.getUrlDecoder().decode(matcher.group(2));
    byte[] secret = Arrays.copyOf(body, SECRET_LENGTH);
    byte[] tag = Arrays.copyOfRange(body, SECRET_LENGTH, body.length);
    boolean genuine = false;
    for (byte[] expected : keys.macs(KeyPurpose.OPAQUE_TOKEN, tagged(id, secret))) {
      genuine |= MessageDigest.isEqual(Arrays.copyOf(expected, TAG_LENGTH), tag);
    }
    return genuine ? Optional.of(new OpaqueToken(id, Secret.of(text))) : Optional.empty();
  }

  private OpaqueToken assemble(String id, byte[] secret) {
    byte[] tag = keys.mac(KeyPurpose.OPAQUE_TOKEN, tagged(id, secret));
    byte[] body = Arrays.copyOf(secret, SECRET_LENGTH + TAG_LENGTH);
    System.arraycopy(tag, 0, body, SECRET_LENGTH, TAG_LENGTH);
    String text = prefix + id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(body);
    return new OpaqueToken(id, Secret.of(text));
  }

  private String[] tagged(String id, byte[] secret) {
    return new String[] {
      prefix, id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret)
    };
  }
}
