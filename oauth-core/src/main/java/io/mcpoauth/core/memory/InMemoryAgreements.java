package io.mcpoauth.core.memory;

import io.mcpoauth.core.spi.storage.AgreementStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was agreed on. */
final class InMemoryAgreements implements AgreementStore {

  private final ConcurrentMap<Term, String> kept = new ConcurrentHashMap<>();

  @Override
  public String require(Term term, String value) {
    return kept.computeIfAbsent(term, first -> value);
  }

  @Override
  public boolean replace(Term term, String expected, String next) {
    return kept.replace(term, expected, next);
  }
}
