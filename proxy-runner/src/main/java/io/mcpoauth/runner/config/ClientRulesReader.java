package io.mcpoauth.runner.config;

import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.client.document.ClientDocumentSettings;
import io.mcpoauth.core.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which clients there may be. */
final class ClientRulesReader {

  /** As many characters as 128 bits take in hexadecimal. */
  private static final int SHORTEST_TOKEN = 32;

  private final CheckedValues checked;

  ClientRulesReader(CheckedValues checked) {
    this.checked = checked;
  }

  /** The rules; those that cannot work are among the problems then. */
  ClientRules read() {
    return new ClientRules(registration(), documents());
  }

  private RegistrationSettings registration() {
    boolean isOffered =
        checked.read(Setting.CLIENT_REGISTRATION, SettingParsers::trueOrFalse).orElse(true);
    Optional<List<Secret>> tokens =
        checked.readIfGiven(Setting.CLIENT_REGISTRATION_TOKENS, ClientRulesReader::tokens);
    if (!isOffered) {
      return RegistrationSettings.off();
    }
    return tokens.map(RegistrationSettings::protectedBy).orElseGet(RegistrationSettings::open);
  }

  private ClientDocumentSettings documents() {
    Set<String> allowed =
        checked.readList(Setting.CLIENT_DOCUMENT_HOSTS, ClientRulesReader::documentHosts);
    Set<String> denied =
        checked.readList(Setting.CLIENT_DOCUMENT_DENIED_HOSTS, ClientRulesReader::documentHosts);
    return checked.read(Setting.CLIENT_DOCUMENTS, SettingParsers::trueOrFalse).orElse(true)
        ? ClientDocumentSettings.standard().allowOnly(allowed).deny(denied)
        : ClientDocumentSettings.disabled();
  }

  private static List<Secret> tokens(String text) {
    Set<String> tokens = SettingParsers.entries(text);
    if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.length() < SHORTEST_TOKEN)) {
      throw new IllegalArgumentException(
          "it must hold tokens of " + SHORTEST_TOKEN + " characters at least");
    }
    return tokens.stream().map(Secret::of).toList();
  }

  /** The settings know the rules, but their message quotes what is wrong. */
  private static Set<String> documentHosts(String text) {
    Set<String> hosts = SettingParsers.entries(text);
    try {
      ClientDocumentSettings.standard().allowOnly(hosts);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it must hold host names, or *.name for those below one");
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("it names nothing");
    }
    return hosts;
  }
}
