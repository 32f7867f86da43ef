package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with bare sockets on both sides of the instance that all such tests share. */
@ExtendWith(SharedInstances.class)
abstract class RawTest {

  final RawRig rig;
  private final int connections;

  RawTest(RawRig rig) {
    this.rig = rig;
    this.connections = rig.upstream.connections();
  }

  final void assertNobodyWasReached() {
    assertThat(rig.upstream.connections()).isEqualTo(connections);
  }

  @AfterEach
  final void nothingIsLeft() {
    assertThat(rig.upstream.hasMore()).isFalse();
  }
}
