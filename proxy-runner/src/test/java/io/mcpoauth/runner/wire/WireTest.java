package io.mcpoauth.runner.wire;

import org.junit.jupiter.api.extension.ExtendWith;

/** A test on the two instances that all such tests share; it leaves clocks and clients alone. */
@ExtendWith(SharedInstances.class)
abstract class WireTest {

  final TwoInstances proxy;
  final Wire wire;

  WireTest(TwoInstances proxy) {
    this.proxy = proxy;
    this.wire = new Wire(proxy.one);
  }
}
