package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.AgreementStore;
import java.util.Objects;
import org.h2.mvstore.MVStore;

/** What was agreed on, by term. */
record FileAgreements(Steps steps, Shelf<String> values) implements AgreementStore {

  FileAgreements(MVStore store, Steps steps) {
    this(steps, new Shelf<>(store, "agreements", String.class));
  }

  @Override
  public String require(Term term, String value) {
    return steps.write(
        now -> {
          String kept = values.get(term.name());
          if (kept == null) {
            values.put(term.name(), value);
          }
          return Objects.requireNonNullElse(kept, value);
        });
  }

  @Override
  public boolean replace(Term term, String expected, String next) {
    return steps.write(
        now -> {
          if (!expected.equals(values.get(term.name()))) {
            return false;
          }
          values.put(term.name(), next);
          return true;
        });
  }
}
