package io.mcpoauth.runner.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time may use a data folder. The operating system drops the lock when its holder
 * dies, however it dies; the file also names the holder for the message to the next one.
 */
final class DataFolderLock implements AutoCloseable {
  /** Beyond the text, so that the holder's name can be read while the lock is held. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataFolderLock acquire(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    if (tryLock(channel) == null) {
      String holder = Files.readString(file, UTF_8).strip();
      channel.close();
      throw new EmbeddedPostgresqlException(
          "Another proxy (process %s) is using %s. Stop it first, or choose another data folder."
              .formatted(holder.isEmpty() ? "unknown" : holder, file.getParent()));
    }
    channel.truncate(0);
    channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
    return new DataFolderLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
