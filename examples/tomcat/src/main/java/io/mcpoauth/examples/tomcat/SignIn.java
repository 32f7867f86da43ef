package io.mcpoauth.examples.tomcat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;

/**
 * The application's authorization server, from the context parameters with which an operator sets
 * an application of Tomcat up.
 */
final class SignIn {

  private SignIn() {}

  // snippet: server
  static AuthorizationServer server(ServletContext context) {
    String baseUrl = parameter(context, "BASE_URL");
    Scopes scopes = Scopes.of("openid", "profile", "email");
    ResourceUri endpoint = ResourceUri.parse(baseUrl + "/mcp").orElseThrow();
    ProtectedResource mcp = new ProtectedResource(endpoint, scopes, Scopes.of("openid"));
    return AuthorizationServer.builder(
            new ServerSettings(URI.create(baseUrl), List.of(mcp), scopes, Lifetimes.standard()),
            // Forgets everybody at a restart. For more than a trial: PostgresStorage.
            new InMemoryStorage(InstantSource.system()),
            KeyRing.ofBase64(List.of(Secret.of(parameter(context, "ENCRYPTION_KEY")))),
            List.of(provider(context)))
        .build();
  }

  private static IdentityProvider provider(ServletContext context) {
    ProviderSettings settings =
        ProviderSettings.builder(
                "company",
                parameter(context, "OAUTH_AUTHORIZE_URL"),
                parameter(context, "OAUTH_CLIENT_ID"))
            .clientSecret(Secret.of(parameter(context, "OAUTH_CLIENT_SECRET")))
            .build();
    return Providers.of(settings, HttpClient.newHttpClient(), InstantSource.system());
  }

  // end snippet: server

  private static String parameter(ServletContext context, String name) {
    String value = context.getInitParameter(name);
    if (value == null) {
      throw new IllegalStateException("The context parameter " + name + " is missing.");
    }
    return value;
  }
}
