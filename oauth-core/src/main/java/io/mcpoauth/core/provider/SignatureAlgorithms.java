package io.mcpoauth.core.provider;

import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;

/** The algorithms of signatures between a provider and this server. */
final class SignatureAlgorithms {

  /** Asymmetric ones only: no {@code none}, and no HMAC keyed with a public key. */
  static final List<String> ALL =
      List.of(
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  /** Lets the library take no other. */
  static final AlgorithmConstraints ONLY_THESE =
      new AlgorithmConstraints(ConstraintType.PERMIT, ALL.toArray(String[]::new));

  private SignatureAlgorithms() {}
}
