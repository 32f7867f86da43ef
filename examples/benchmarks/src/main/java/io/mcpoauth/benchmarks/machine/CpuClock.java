package io.mcpoauth.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The processor time of a process and its children, as Linux counts it in {@code /proc}: in ticks
 * of 10 ms, so a run has to last for seconds.
 */
public final class CpuClock {

  private static final int MICROS_PER_TICK = 10_000;
  private static final int STAT_UTIME = 11;
  private static final int STAT_STIME = 12;
  private static final int STAT_CUTIME = 13;
  private static final int STAT_CSTIME = 14;

  private final long pid;

  /** A clock of that process. */
  public CpuClock(long pid) {
    this.pid = pid;
  }

  /** User and system time until now, in microseconds, with that of children that have ended. */
  public long micros() {
    LongStream children =
        ProcessHandle.of(pid)
            .map(ProcessHandle::descendants)
            .map(found -> found.mapToLong(ProcessHandle::pid))
            .orElse(LongStream.empty());
    return LongStream.concat(LongStream.of(pid), children).map(CpuClock::ticks).sum()
        * MICROS_PER_TICK;
  }

  /** The memory of the process that is in RAM, in bytes. */
  public long residentBytes() {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return status.stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow()
          * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name in parentheses may hold spaces: the fields are counted from behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return LongStream.of(
              Long.parseLong(fields[STAT_UTIME]),
              Long.parseLong(fields[STAT_STIME]),
              Long.parseLong(fields[STAT_CUTIME]),
              Long.parseLong(fields[STAT_CSTIME]))
          .sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
