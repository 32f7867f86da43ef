package io.mcpoauth.core.client.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority for one test run. The JDK reads certificates but does not write them, so
 * the few structures of RFC 5280 that are needed are written here.
 */
public final class TestCertificates {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final X500Principal AUTHORITY = new X500Principal("CN=Test authority");
  private static final String ECDSA_WITH_SHA256 = "300a06082a8648ce3d040302";
  private static final String BASIC_CONSTRAINTS = "0603551d13";
  private static final String SUBJECT_ALTERNATIVE_NAME = "0603551d11";
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final KeyPair authority = keyPair();
  private final Certificate root =
      certificate(
          AUTHORITY,
          authority.getPublic(),
          Duration.ofDays(1),
          extension(BASIC_CONSTRAINTS, der(0x30, der(0x01, new byte[] {(byte) 0xff}))));

  /** A client that trusts this authority and nobody else. */
  public SSLContext client() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("root", root);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server with a good certificate for these hosts. */
  public SSLContext server(String... hosts) {
    return server(Duration.ofDays(1), hosts);
  }

  /** A server with a certificate that ended yesterday. */
  public SSLContext expiredServer(String host) {
    return server(Duration.ofDays(-1), host);
  }

  private SSLContext server(Duration endsIn, String... hosts) {
    try {
      ByteArrayOutputStream names = new ByteArrayOutputStream();
      for (String host : hosts) {
        names.writeBytes(der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
      }
      KeyPair keys = keyPair();
      Certificate certificate =
          certificate(
              new X500Principal("CN=Test server"),
              keys.getPublic(),
              endsIn,
              extension(SUBJECT_ALTERNATIVE_NAME, der(0x30, names.toByteArray())));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate, root});
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5280 section 4.1. */
  private Certificate certificate(
      X500Principal subject, PublicKey key, Duration endsIn, byte[] extension) {
    Instant end = Instant.now().plus(endsIn);
    byte[] algorithm = HexFormat.of().parseHex(ECDSA_WITH_SHA256);
    byte[] toBeSigned =
        der(
            0x30,
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, BigInteger.valueOf(subject.hashCode() & 0xffff).toByteArray()),
            algorithm,
            AUTHORITY.getEncoded(),
            der(0x30, utcTime(end.minus(Duration.ofDays(30))), utcTime(end)),
            subject.getEncoded(),
            key.getEncoded(),
            der(0xa3, der(0x30, extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(authority.getPrivate());
      signature.update(toBeSigned);
      byte[] certificate =
          der(0x30, toBeSigned, algorithm, der(0x03, new byte[1], signature.sign()));
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extension(String identifier, byte[] value) {
    return der(0x30, HexFormat.of().parseHex(identifier), der(0x04, value));
  }

  private static byte[] utcTime(Instant instant) {
    return der(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** A tag, the length, and the parts. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.size() > 0xff) {
      out.write(0x82);
      out.write(content.size() >> 8);
    } else if (content.size() > 0x7f) {
      out.write(0x81);
    }
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
