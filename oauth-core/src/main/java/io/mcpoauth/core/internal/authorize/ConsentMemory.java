package io.mcpoauth.core.internal.authorize;

import org.jspecify.annotations.Nullable;

/**
 * What an approval has to do with the browser's memory.
 *
 * @param keepRevision the client's revision to remember the approval with; null when it is not to
 *     be remembered
 * @param recalledUser a hash of the id of the user whose earlier approval this is; null when the
 *     user was asked
 */
record ConsentMemory(@Nullable String keepRevision, @Nullable String recalledUser) {

  static final ConsentMemory NONE = new ConsentMemory(null, null);

  static ConsentMemory keeping(String clientRevision) {
    return new ConsentMemory(clientRevision, null);
  }

  static ConsentMemory recalled(String user) {
    return new ConsentMemory(null, user);
  }
}
