package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.CpuClock;

/**
 * A server that is measured.
 *
 * @param name what it is called in tables
 * @param port where it listens on the loopback address
 * @param pid its process, whose processor time counts with that of its children
 */
public record Target(String name, int port, long pid) {

  /** The clock of its processor time. */
  public CpuClock cpu() {
    return new CpuClock(pid);
  }
}
