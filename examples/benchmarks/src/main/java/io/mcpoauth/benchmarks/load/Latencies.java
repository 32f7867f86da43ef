package io.mcpoauth.benchmarks.load;

import java.util.Arrays;

/** Every latency of a run, kept whole: percentiles of percentiles mean nothing. */
public final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1 << 16];
  private int count;
  private boolean sorted;

  /** Takes note of one. */
  public synchronized void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = value;
    sorted = false;
  }

  /** How many there are. */
  public synchronized int count() {
    return count;
  }

  /**
   * The latency that so many stay below, in milliseconds.
   *
   * @param share between 0 and 1
   */
  public synchronized double millis(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    return nanos[(int) Math.min(count - 1, (long) (share * count))] / NANOS_PER_MILLI;
  }
}
