package io.mcpoauth.runner.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL programs from the class path. The library's own launcher is not used: it
 * starts with trust authentication and without fsync, unpacks into a folder that everybody may
 * write to, and stops the server in a shutdown hook of its own, before the proxy has drained.
 */
final class PostgresqlBinaries {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlBinaries.class);
  private static final int OWNER_MAY_EXECUTE = 0100;

  private PostgresqlBinaries() {}

  /**
   * Unpacks below the folder, once for each archive.
   *
   * @return the folder that holds {@code bin}, {@code lib} and {@code share}
   */
  static Path unpack(Path folder) throws IOException {
    byte[] archive = archive();
    Path unpacked = folder.resolve(digest(archive).substring(0, 16));
    if (!Files.exists(unpacked)) {
      LOG.info("Unpacking PostgreSQL into {}", unpacked);
      Path unfinished = folder.resolve("unfinished");
      FileUtils.deleteDirectory(unfinished.toFile());
      Files.createDirectories(unfinished);
      extract(archive, unfinished);
      Files.move(unfinished, unpacked, ATOMIC_MOVE);
    }
    return unpacked;
  }

  private static byte[] archive() throws IOException {
    String architecture = System.getProperty("os.arch");
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            operatingSystem(), architecture.equals("amd64") ? "x86_64" : architecture)) {
      return in.readAllBytes();
    } catch (IllegalStateException missing) {
      throw new EmbeddedPostgresqlException(
          "No embedded PostgreSQL for this machine (%s, %s). Set DATABASE_DSN to a PostgreSQL server."
              .formatted(System.getProperty("os.name"), architecture),
          missing);
    }
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "Windows";
    }
    return name.startsWith("mac") ? "Darwin" : "Linux";
  }

  private static void extract(byte[] archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, folder);
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("archive entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !target.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + target);
    }
  }

  private static String digest(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
