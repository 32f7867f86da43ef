package io.mcpoauth.runner.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Folders (mode 0700) and files (mode 0600) that hold secrets. Where the file system has no POSIX
 * modes, the rights of the parent folder apply.
 */
public final class PrivateFiles {
  private static final String FOLDER_MODE = "rwx------";
  private static final String FILE_MODE = "rw-------";

  private PrivateFiles() {}

  /**
   * Creates the folder and its missing parents, and closes the folder itself to other accounts.
   *
   * @return the folder's real path, without symbolic links
   * @throws IOException when the folder cannot be made, or belongs to somebody else
   */
  public static Path createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    restrict(folder, FOLDER_MODE);
    return folder.toRealPath();
  }

  /**
   * The text of the file; the first call makes it. A crash leaves the whole file or none.
   *
   * @param content makes the text for a file that does not exist yet
   * @throws IOException when the file can be neither read nor written
   */
  public static String readOrCreate(Path file, Supplier<String> content) throws IOException {
    if (!Files.exists(file)) {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(unfinished);
      writeDurably(unfinished, content.get());
      Files.move(unfinished, file, ATOMIC_MOVE);
    }
    restrict(file, FILE_MODE);
    return Files.readString(file, UTF_8);
  }

  private static void writeDurably(Path file, String content) throws IOException {
    FileAttribute<?>[] mode =
        hasModes()
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), mode)) {
      ByteBuffer bytes = UTF_8.encode(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void restrict(Path path, String mode) throws IOException {
    if (hasModes()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
  }

  private static boolean hasModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
