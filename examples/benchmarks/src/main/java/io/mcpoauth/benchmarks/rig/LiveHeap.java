package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.Command;
import java.util.List;

/** What a JVM still holds after a full collection; its size in RAM says more of its past. */
public final class LiveHeap {

  private LiveHeap() {}

  /** The bytes of all live objects. */
  public static long bytes(Jvm jvm, Target target) {
    String histogram =
        Command.run(
            List.of(jvm.home().program("jcmd"), Long.toString(target.pid()), "GC.class_histogram"));
    String total = histogram.substring(histogram.lastIndexOf("Total"));
    return Long.parseLong(total.strip().split("\\s+", -1)[2]);
  }
}
