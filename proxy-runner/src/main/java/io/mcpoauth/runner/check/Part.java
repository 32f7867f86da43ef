package io.mcpoauth.runner.check;

import io.mcpoauth.core.spi.provider.Finding;
import java.util.List;

/**
 * Something that the proxy depends on, with what was found there.
 *
 * @param name as it stands before each finding
 */
public record Part(String name, List<Finding> findings) {

  /** Copies the list. */
  public Part {
    findings = List.copyOf(findings);
  }
}
