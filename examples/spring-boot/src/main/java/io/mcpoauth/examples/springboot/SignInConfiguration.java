package io.mcpoauth.examples.springboot;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.filter.BearerFilter;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// snippet: configuration
/** The authorization server, its endpoints, and the filter in front of the MCP endpoint. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignInProperties.class)
class SignInConfiguration {

  /** In the database schema {@code mcp_oauth}, beside the application's own tables. */
  @Bean
  Storage signInStorage(DataSource dataSource) {
    Schema.on(dataSource).migrate();
    return PostgresStorage.on(dataSource);
  }

  @Bean
  IdentityProvider identityProvider(SignInProperties properties) {
    ProviderSettings settings =
        ProviderSettings.builder("company", properties.providerUrl(), properties.clientId())
            .clientSecret(properties.clientSecret())
            .build();
    return Providers.of(settings, HttpClient.newHttpClient(), InstantSource.system());
  }

  @Bean
  AuthorizationServer authorizationServer(
      SignInProperties properties, Storage storage, IdentityProvider provider) {
    Scopes scopes = Scopes.of("openid", "profile", "email");
    ResourceUri endpoint = ResourceUri.parse(properties.baseUrl() + "/mcp").orElseThrow();
    ProtectedResource mcp = new ProtectedResource(endpoint, scopes, Scopes.of("openid"));
    return AuthorizationServer.builder(
            new ServerSettings(properties.baseUrl(), List.of(mcp), scopes, Lifetimes.standard()),
            storage,
            KeyRing.ofBase64(List.of(properties.encryptionKey())),
            List.of(provider))
        .build();
  }

  @Bean
  ServletRegistrationBean<OAuthServlet> signInEndpoints(AuthorizationServer server) {
    OAuthServlet servlet = new OAuthServlet(server, SecretSource.system());
    return new ServletRegistrationBean<>(servlet, OAuthServlet.URL_PATTERNS.toArray(String[]::new));
  }

  @Bean
  FilterRegistrationBean<BearerFilter> bearerFilter(AuthorizationServer server) {
    ProtectedResource mcp = server.settings().resources().get(0);
    FilterRegistrationBean<BearerFilter> filter =
        new FilterRegistrationBean<>(new BearerFilter(server, mcp, SecretSource.system()));
    filter.addUrlPatterns("/mcp");
    return filter;
  }
}
// end snippet: configuration
