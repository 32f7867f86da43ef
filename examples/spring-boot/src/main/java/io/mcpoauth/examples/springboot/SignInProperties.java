package io.mcpoauth.examples.springboot;

import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How users sign in, from {@code application.properties} or the environment.
 *
 * @param baseUrl where browsers and clients find this application
 * @param providerUrl the provider's issuer
 * @param clientId as the provider registered this application, with {@code <baseUrl>/callback}
 * @param encryptionKey from {@code openssl rand -base64 32}
 */
@ConfigurationProperties("sign-in")
record SignInProperties(
    URI baseUrl, String providerUrl, String clientId, Secret clientSecret, Secret encryptionKey) {}
