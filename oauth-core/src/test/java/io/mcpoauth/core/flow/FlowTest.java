package io.mcpoauth.core.flow;

import org.junit.jupiter.api.AfterEach;

/** A fresh server for each test. */
abstract class FlowTest {

  final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }
}
