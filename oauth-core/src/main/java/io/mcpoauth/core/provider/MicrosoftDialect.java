package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Entra ID, endpoint version 2.0. Its ID tokens are issued by the user's own tenant, also
 * where the metadata is common to all of them, and tell everything that there is to know.
 */
final class MicrosoftDialect implements Dialect {

  /** The tenant of all private accounts. */
  static final String PRIVATE_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad";

  /** The profile is needed for {@code oid}, offline access for a refresh token. */
  private static final Scopes NEEDED = Scopes.of("openid", "profile", "email", "offline_access");

  private static final String ANY_TENANT = "{tenantid}";
  private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String VERSION = "/v2.0";

  private final String tenant;
  private final Set<String> allowedTenants;
  private final Set<String> allowedGroups;

  MicrosoftDialect(Preset.Microsoft preset) {
    this.tenant = preset.tenant();
    this.allowedTenants = preset.allowedTenants();
    this.allowedGroups = preset.allowedGroups();
  }

  /** Operators copy URLs of several forms from the portal; the tenant is what matters in them. */
  @Override
  public URI metadataUrl(URI given) {
    return URI.create(issuer(given, tenant));
  }

  @Override
  public boolean isPublishedIssuer(URI url, String issuer) {
    return switch (tenant) {
      case "common", "organizations" -> issuer.equals(issuer(url, ANY_TENANT));
      case "consumers" -> issuer.equals(issuer(url, PRIVATE_ACCOUNTS));
      default -> isOfOneTenant(url, issuer);
    };
  }

  /** A tenant that was given by one of its domain names publishes its id. */
  private boolean isOfOneTenant(URI url, String issuer) {
    String published = tenantIn(issuer, issuer(url, ANY_TENANT));
    return !published.isEmpty() && (!isTenantId(tenant) || published.equals(tenant));
  }

  @Override
  public boolean isResponseIssuer(String published, String named) {
    return published.contains(ANY_TENANT)
        ? !tenantIn(named, published).isEmpty()
        : named.equals(published);
  }

  /**
   * The issuer must be that of the tenant that the token names, and so must the issuer of the key:
   * another tenant's word is worth nothing here.
   */
  @Override
  public boolean isTokenIssuer(String published, @Nullable String keyIssuer, JsonObject claims) {
    String tenantId = claims.text("tid");
    String issuer = claims.text("iss");
    return tenantId != null
        && isTenantId(tenantId)
        && issuer != null
        && issuer.equals(issuerOf(published, tenantId))
        && (keyIssuer == null || issuer.equals(issuerOf(keyIssuer, tenantId)))
        && !(tenant.equals("organizations") && tenantId.equals(PRIVATE_ACCOUNTS));
  }

  @Override
  public Scopes scopes(Scopes wanted) {
    return wanted.plus(NEEDED);
  }

  /** Otherwise Entra does not know for which of several APIs the new access token is to be. */
  @Override
  public boolean repeatsScopesAtRefresh() {
    return true;
  }

  /** It would answer for tokens of Microsoft Graph alone, and not add a word. */
  @Override
  public boolean usesUserInfo() {
    return false;
  }

  /** {@code sub} differs from app to app, and {@code oid} is unique in its tenant only (UP-14). */
  @Override
  public @Nullable String subjectOf(JsonObject claims) {
    String tenantId = claims.text("tid");
    String objectId = claims.line("oid", 64);
    return tenantId != null && isTenantId(tenantId) && objectId != null
        ? tenantId + ":" + objectId
        : null;
  }

  /**
   * Any tenant's administrator can write any address into {@code email} (UP-14); Entra vouches for
   * its domain by the optional claim {@code xms_edov} alone.
   */
  @Override
  public boolean isEmailVerified(JsonObject claims) {
    Long number = claims.number("xms_edov");
    return claims.isTrue("xms_edov") || (number != null && number == 1);
  }

  @Override
  public Optional<String> brokenRule(JsonObject claims) {
    String tenantId = claims.text("tid");
    if (!allowedTenants.isEmpty() && (tenantId == null || !allowedTenants.contains(tenantId))) {
      return Optional.of("Microsoft tenant");
    }
    if (allowedGroups.isEmpty()) {
      return Optional.empty();
    }
    List<String> groups = claims.texts("groups");
    if (groups == null) {
      // Of a user in very many groups there is only a reference, which proves nothing here.
      return Optional.of("Microsoft group (the ID token lists no groups)");
    }
    return groups.stream().anyMatch(group -> allowedGroups.contains(lowerCase(group)))
        ? Optional.empty()
        : Optional.of("Microsoft group");
  }

  private static String issuer(URI url, String tenant) {
    return url.getScheme() + "://" + url.getRawAuthority() + "/" + tenant + VERSION;
  }

  /** The id of the tenant that stands in an issuer where the template has its gap; or empty. */
  private static String tenantIn(String issuer, String template) {
    int gap = template.indexOf(ANY_TENANT);
    int end = issuer.length() - (template.length() - gap - ANY_TENANT.length());
    String tenantId = end > gap ? issuer.substring(gap, end) : "";
    return isTenantId(tenantId) && issuer.equals(issuerOf(template, tenantId)) ? tenantId : "";
  }

  private static String issuerOf(String template, String tenantId) {
    return template.replace(ANY_TENANT, tenantId);
  }

  private static boolean isTenantId(String text) {
    return GUID.matcher(text).matches();
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
