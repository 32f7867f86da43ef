package io.mcpoauth.core.spi.storage;

/** What became of a new row. */
public enum Insertion {
  /** It is there, durably. */
  INSERTED,
  /** Its id was taken; nothing was changed. The caller draws another id. */
  ID_TAKEN
}
