package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.secret.Secret;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs JWTs with ES256 and the key that signs now. Their type tells one kind from another. */
record JwtSigner(SigningKeys keys) {

  static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

  Secret sign(String type, Map<String, Object> payload) {
    PublicJsonWebKey key = keys.current();
    JsonWebSignature jws = new JsonWebSignature();
    jws.setHeader("typ", type);
    jws.setAlgorithmHeaderValue(ALGORITHM);
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setKey(key.getPrivateKey());
    jws.setPayload(Json.write(payload));
    try {
      return Secret.of(jws.getCompactSerialization());
    } catch (JoseException e) {
      throw new IllegalStateException("a key of ours can sign", e);
    }
  }
}
