package io.mcpoauth.runner.config;

import static io.mcpoauth.runner.config.Setting.ALLOWED_DOMAINS;
import static io.mcpoauth.runner.config.Setting.ALLOWED_EMAILS;
import static io.mcpoauth.runner.config.Setting.GITHUB_CLIENT_ID;
import static io.mcpoauth.runner.config.Setting.GITHUB_CLIENT_SECRET;
import static io.mcpoauth.runner.config.Setting.GITHUB_ORGANIZATIONS;
import static io.mcpoauth.runner.config.Setting.GOOGLE_CLIENT_ID;
import static io.mcpoauth.runner.config.Setting.GOOGLE_CLIENT_SECRET;
import static io.mcpoauth.runner.config.Setting.GOOGLE_HOSTED_DOMAIN;
import static io.mcpoauth.runner.config.Setting.MICROSOFT_ALLOWED_GROUPS;
import static io.mcpoauth.runner.config.Setting.MICROSOFT_ALLOWED_TENANTS;
import static io.mcpoauth.runner.config.Setting.MICROSOFT_CLIENT_ID;
import static io.mcpoauth.runner.config.Setting.MICROSOFT_CLIENT_SECRET;
import static io.mcpoauth.runner.config.Setting.MICROSOFT_TENANT;
import static io.mcpoauth.runner.config.Setting.OAUTH_AUTHORIZE_URL;
import static io.mcpoauth.runner.config.Setting.OAUTH_CLIENT_ID;
import static io.mcpoauth.runner.config.Setting.OAUTH_CLIENT_PRIVATE_KEY_FILE;
import static io.mcpoauth.runner.config.Setting.OAUTH_CLIENT_PRIVATE_KEY_ID;
import static io.mcpoauth.runner.config.Setting.OAUTH_CLIENT_SECRET;
import static io.mcpoauth.runner.config.Setting.OAUTH_DISCOVERY;
import static io.mcpoauth.runner.config.Setting.PROVIDER_PLUGINS;
import static io.mcpoauth.runner.config.Setting.PROVIDER_SCOPES;
import static io.mcpoauth.runner.config.Setting.TRUSTED_ISSUERS;

import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ClientKey;
import io.mcpoauth.core.provider.Preset;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads where users sign in, and which of them may come in. */
final class SignInReader {

  /** Kept with each grant, so it must never change. */
  private static final String PROVIDER_ID = "oauth";

  /** Without these nobody would learn who the user is (UP-16). */
  private static final Scopes IDENTITY = Scopes.of("openid", "profile", "email");

  private final CheckedValues checked;
  private final Scopes scopesSupported;
  private final Optional<Scopes> providerScopes;
  private final Optional<Plugins> found;

  /**
   * @param scopesSupported what providers are asked for where nothing else is said
   * @param found what the operator brought along, as far as it can be read
   */
  SignInReader(CheckedValues checked, Scopes scopesSupported, Optional<Plugins> found) {
    this.found = found;
    this.checked = checked;
    this.scopesSupported = scopesSupported;
    this.providerScopes = checked.readIfGiven(PROVIDER_SCOPES, SettingParsers::scopes);
  }

  /** Everything that is given; each problem is noted. */
  SignInConfig read() {
    List<ProviderSettings> providers = new ArrayList<>();
    google().ifPresent(providers::add);
    microsoft().ifPresent(providers::add);
    gitHub().ifPresent(providers::add);
    List<IdentityProvider> plugins = plugins();
    boolean others =
        checked.isAnyGiven(
            Set.of(GOOGLE_CLIENT_ID, MICROSOFT_CLIENT_ID, GITHUB_CLIENT_ID, PROVIDER_PLUGINS));
    // The ids of its users are bare, which only the first provider's may be.
    generic(!others).ifPresent(provider -> providers.add(0, provider));
    return new SignInConfig(
        providers,
        plugins,
        policy(),
        trustedIssuers(plugins),
        checked
            .read(Setting.REMEMBER_CONSENT_DAYS, SettingParsers::daysOrNever)
            .orElse(Duration.ZERO));
  }

  private List<TrustedIssuer.Settings> trustedIssuers(List<IdentityProvider> plugins) {
    List<TrustedIssuer.Settings> issuers =
        checked.readIfGiven(TRUSTED_ISSUERS, TrustedIssuersReader::parse).orElse(List.of());
    checked.require(
        TRUSTED_ISSUERS,
        plugins.stream()
            .noneMatch(plugin -> issuers.stream().anyMatch(i -> i.id().equals(plugin.id()))),
        "it gives an id that a plug-in has");
    return issuers;
  }

  private Optional<ProviderSettings> generic(boolean needed) {
    Set<Setting> settings =
        Set.of(
            OAUTH_AUTHORIZE_URL,
            OAUTH_CLIENT_ID,
            OAUTH_CLIENT_SECRET,
            OAUTH_CLIENT_PRIVATE_KEY_FILE);
    if (!needed && !checked.isAnyGiven(settings)) {
      return Optional.empty();
    }
    boolean discovery = checked.read(OAUTH_DISCOVERY, SettingParsers::trueOrFalse).orElse(true);
    Optional<String> url =
        checked.readRequired(
            OAUTH_AUTHORIZE_URL, text -> SettingParsers.providerUrl(text, discovery));
    Optional<Credentials> credentials =
        checked.isAnyGiven(Set.of(OAUTH_CLIENT_PRIVATE_KEY_FILE))
            ? keyCredentials()
            : credentials(OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET);
    return credentials.flatMap(known -> url.map(given -> generic(given, known, discovery)));
  }

  private ProviderSettings generic(String url, Credentials credentials, boolean discovery) {
    ProviderSettings.Builder settings =
        ProviderSettings.builder(PROVIDER_ID, url, credentials.id());
    return credentials.applyTo(
        discovery ? settings : settings.withoutDiscovery(),
        scopesOr(scopesSupported.plus(IDENTITY)));
  }

  private Optional<ProviderSettings> google() {
    if (!checked.isAnyGiven(Set.of(GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_HOSTED_DOMAIN))) {
      return Optional.empty();
    }
    Set<String> domains = checked.readList(GOOGLE_HOSTED_DOMAIN, SettingParsers::domains);
    return credentials(GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET)
        .map(credentials -> preset(new Preset.Google(domains), credentials));
  }

  private Optional<ProviderSettings> microsoft() {
    if (!checked.isAnyGiven(
        Set.of(
            MICROSOFT_CLIENT_ID,
            MICROSOFT_CLIENT_SECRET,
            MICROSOFT_TENANT,
            MICROSOFT_ALLOWED_TENANTS,
            MICROSOFT_ALLOWED_GROUPS))) {
      return Optional.empty();
    }
    Optional<Preset.Microsoft> tenant = checked.read(MICROSOFT_TENANT, Preset.Microsoft::new);
    Set<String> tenants = checked.readList(MICROSOFT_ALLOWED_TENANTS, SettingParsers::objectIds);
    Set<String> groups = checked.readList(MICROSOFT_ALLOWED_GROUPS, SettingParsers::objectIds);
    return credentials(MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET)
        .flatMap(
            credentials ->
                tenant.map(
                    given ->
                        preset(
                            new Preset.Microsoft(given.tenant(), tenants, groups), credentials)));
  }

  private Optional<ProviderSettings> gitHub() {
    if (!checked.isAnyGiven(Set.of(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITHUB_ORGANIZATIONS))) {
      return Optional.empty();
    }
    Set<String> organizations =
        checked.readList(GITHUB_ORGANIZATIONS, SettingParsers::organizations);
    return credentials(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)
        .map(credentials -> preset(new Preset.GitHub(organizations), credentials));
  }

  private List<IdentityProvider> plugins() {
    return found
        .flatMap(all -> checked.readIfGiven(PROVIDER_PLUGINS, text -> plugins(all, text)))
        .orElse(List.of());
  }

  private List<IdentityProvider> plugins(Plugins all, String ids) {
    return SettingParsers.entries(ids).stream()
        .map(id -> ProviderPlugins.create(all, id, checked.settingsOf(id)))
        .toList();
  }

  private AccessPolicy policy() {
    Set<String> emails = checked.readList(ALLOWED_EMAILS, SettingParsers::emails);
    Set<String> domains = checked.readList(ALLOWED_DOMAINS, SettingParsers::domains);
    return AccessPolicy.of(emails, domains);
  }

  /**
   * A client id at a provider.
   *
   * @param proof adds the secret or the key that goes with it
   */
  private record Credentials(String id, UnaryOperator<ProviderSettings.Builder> proof) {

    ProviderSettings applyTo(ProviderSettings.Builder settings, Scopes scopes) {
      return proof.apply(settings).scopes(scopes).build();
    }
  }

  private Optional<Credentials> keyCredentials() {
    checked.require(
        OAUTH_CLIENT_PRIVATE_KEY_FILE,
        !checked.isAnyGiven(Set.of(OAUTH_CLIENT_SECRET)),
        "OAUTH_CLIENT_SECRET is given as well; keep one");
    Optional<String> clientId = checked.readRequired(OAUTH_CLIENT_ID, SettingParsers::line);
    String keyId =
        checked.readIfGiven(OAUTH_CLIENT_PRIVATE_KEY_ID, SettingParsers::line).orElse(null);
    Optional<ClientKey> key =
        checked.read(OAUTH_CLIENT_PRIVATE_KEY_FILE, file -> SettingParsers.clientKey(file, keyId));
    return clientId.flatMap(
        id -> key.map(given -> new Credentials(id, settings -> settings.clientKey(given))));
  }

  private Optional<Credentials> credentials(Setting id, Setting secret) {
    Optional<String> clientId = checked.readRequired(id, SettingParsers::line);
    Optional<String> clientSecret = checked.readRequired(secret, SettingParsers::line);
    return clientId.flatMap(
        given ->
            clientSecret.map(
                text ->
                    new Credentials(given, settings -> settings.clientSecret(Secret.of(text)))));
  }

  private ProviderSettings preset(Preset preset, Credentials credentials) {
    return credentials.applyTo(
        ProviderSettings.builder(preset, credentials.id()), scopesOr(scopesSupported));
  }

  private Scopes scopesOr(Scopes usual) {
    return providerScopes.orElse(usual);
  }
}
