package io.mcpoauth.runner.demo;

import io.mcpoauth.runner.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** The development sign-in's RS256 key, kept in a private file so that its tokens stay valid. */
final class SigningKey {
  private static final int MODULUS_BITS = 2048;

  private final RsaJsonWebKey key;

  private SigningKey(RsaJsonWebKey key) {
    this.key = key;
  }

  static SigningKey loadOrCreate(Path file) {
    try {
      String json = PrivateFiles.readOrCreate(file, SigningKey::newKey);
      return new SigningKey((RsaJsonWebKey) JsonWebKey.Factory.newJwk(json));
    } catch (JoseException damaged) {
      // Without the cause, which may quote the key.
      throw new IllegalStateException("%s does not hold a key; delete it".formatted(file));
    } catch (IOException e) {
      throw new UncheckedIOException("The key file %s cannot be used".formatted(file), e);
    }
  }

  String id() {
    return key.getKeyId();
  }

  PrivateKey privateKey() {
    return key.getPrivateKey();
  }

  RSAPublicKey publicKey() {
    return key.getRsaPublicKey();
  }

  /** The JWK Set (RFC 7517, section 5): the public half only. */
  Map<String, Object> jwks() {
    return Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY)));
  }

  private static String newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MODULUS_BITS);
      KeyPair pair = generator.generateKeyPair();
      RsaJsonWebKey key = new RsaJsonWebKey((RSAPublicKey) pair.getPublic());
      key.setPrivateKey(pair.getPrivate());
      key.setUse("sig");
      key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
      key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
      return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
