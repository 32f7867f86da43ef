package io.mcpoauth.core.provider;

import io.mcpoauth.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jspecify.annotations.Nullable;

/** Private keys as files have them (RFC 7468 section 10). */
final class PemKey {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

  private PemKey() {}

  /**
   * The key in that text.
   *
   * @throws IllegalArgumentException with a phrase fit for an operator that quotes nothing of it
   */
  static PrivateKey parse(Secret text) {
    Matcher pem = PRIVATE_KEY.matcher(text.expose());
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "it is neither a JWK nor an unencrypted PKCS#8 key in PEM (openssl pkcs8 -topk8 -nocrypt"
              + " makes one)");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      for (String kind : KINDS) {
        PrivateKey key = of(kind, encoded);
        if (key != null) {
          return key;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA, EC and Ed25519", e);
    }
    throw new IllegalArgumentException("it is no RSA, EC or Ed25519 key");
  }

  private static @Nullable PrivateKey of(String kind, byte[] encoded)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      // A key of another kind.
      return null;
    }
  }

  /** The algorithm (RFC 7518 section 3.1) that every provider knows for such a key. */
  static String algorithmOf(PrivateKey key) {
    if (key instanceof ECPrivateKey ec) {
      return switch (ec.getParams().getCurve().getField().getFieldSize()) {
        case 384 -> AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
        case 521 -> AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512;
        default -> AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
      };
    }
    return key.getAlgorithm().equals("RSA")
        ? AlgorithmIdentifiers.RSA_USING_SHA256
        : AlgorithmIdentifiers.EDDSA;
  }
}
