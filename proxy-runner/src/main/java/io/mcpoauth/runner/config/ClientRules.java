package io.mcpoauth.runner.config;

import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.client.document.ClientDocumentSettings;

/**
 * Which clients there may be besides those that the operator makes.
 *
 * @param registration whether clients register themselves
 * @param documents whose metadata documents are read
 */
public record ClientRules(RegistrationSettings registration, ClientDocumentSettings documents) {

  /** Anybody's client, as MCP clients expect. */
  public static ClientRules standard() {
    return new ClientRules(RegistrationSettings.open(), ClientDocumentSettings.standard());
  }
}
