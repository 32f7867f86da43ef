package io.mcpoauth.core.internal.client;

import static io.mcpoauth.core.internal.client.AuthenticationFailures.failed;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.malformed;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.twoMethods;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.unavailable;

import io.mcpoauth.core.internal.client.ClientAuthentication.Authenticated;
import io.mcpoauth.core.internal.client.assertion.AssertionRules;
import io.mcpoauth.core.internal.client.assertion.ClientAssertion;
import io.mcpoauth.core.internal.client.assertion.ClientKeys;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.util.Optional;

/** The method {@code private_key_jwt} (RFC 7523 section 2.2). */
final class AssertionAuthenticator {

  /** No revision at all, so that it differs from every copy of a document. */
  private static final String UNSEEN = "";

  private final ClientDirectory clients;
  private final AssertionRules rules;

  AssertionAuthenticator(ClientDirectory clients, AssertionRules rules) {
    this.clients = clients;
    this.rules = rules;
  }

  static boolean isUsedBy(Parameters form) {
    return form.get("client_assertion") != null || form.get("client_assertion_type") != null;
  }

  /** Authenticates by the assertion in the form; the form has no parameter of it twice. */
  ClientAuthentication authenticate(Parameters form) {
    String text = form.get("client_assertion");
    String type = form.get("client_assertion_type");
    if (text == null || type == null) {
      return malformed("client_assertion and client_assertion_type need each other");
    }
    if (form.get("client_secret") != null) {
      return twoMethods();
    }
    Optional<ClientAssertion> assertion =
        ClientAssertion.parse(Secret.of(text)).filter(rules::areMetBy);
    if (!type.equals(ClientAssertion.TYPE) || assertion.isEmpty()) {
      return failed();
    }
    String clientId = assertion.get().clientId();
    String named = form.get("client_id");
    boolean isConsistent = named == null || named.equals(clientId);
    return clientId != null && isConsistent ? verify(clientId, assertion.get()) : failed();
  }

  private ClientAuthentication verify(String clientId, ClientAssertion assertion) {
    ClientLookup lookup = clients.find(clientId);
    if (lookup instanceof ClientLookup.Found found && mayHaveNewKeys(found.client(), assertion)) {
      lookup = clients.find(clientId, UNSEEN);
    }
    if (lookup instanceof ClientLookup.NotFound missing) {
      return missing.reason() == ClientLookup.Reason.UNKNOWN ? failed() : unavailable();
    }
    Client client = ((ClientLookup.Found) lookup).client();
    // The signature first: who cannot sign must not spend the ids of who can.
    return isSigned(client, assertion) && rules.isFirstUseOf(assertion)
        ? new Authenticated(client)
        : failed();
  }

  /** Whoever publishes keys may replace them while we hold a copy of the document. */
  private static boolean mayHaveNewKeys(Client client, ClientAssertion assertion) {
    return client.origin() == Client.Origin.DOCUMENT && !isSigned(client, assertion);
  }

  private static boolean isSigned(Client client, ClientAssertion assertion) {
    return client.authenticationMethod() == ClientAuthenticationMethod.PRIVATE_KEY_JWT
        && assertion.isSignedWith(ClientKeys.ofMetadata(client.metadata()));
  }
}
