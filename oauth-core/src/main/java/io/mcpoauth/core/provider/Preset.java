package io.mcpoauth.core.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A provider whose ways are known, with the operator's rules about who may come from it. */
public sealed interface Preset {

  /** The provider's id, which the ids of its users begin with. */
  String id();

  /** What users know it by. */
  String displayName();

  /** Its issuer, or what stands for it. */
  String url();

  /**
   * Google, Workspace and private accounts.
   *
   * @param hostedDomains of Google Workspace whose accounts may sign in; empty for any account
   */
  record Google(Set<String> hostedDomains) implements Preset {

    /** Any account. */
    public Google() {
      this(Set.of());
    }

    /** Domains in lower case. */
    public Google {
      hostedDomains = lowerCase(hostedDomains);
    }

    @Override
    public String id() {
      return "google";
    }

    @Override
    public String displayName() {
      return "Google";
    }

    @Override
    public String url() {
      return "https://accounts.google.com";
    }
  }

  /**
   * Microsoft Entra ID, endpoint version 2.0.
   *
   * @param tenant the id or a domain name of one tenant, {@code organizations} for work and school
   *     accounts, {@code consumers} for private ones, {@code common} for both
   * @param allowedTenants the ids of tenants whose users may sign in; empty for any that {@code
   *     tenant} covers
   * @param allowedGroups the object ids of groups of which a user must be in one; empty for none
   */
  record Microsoft(String tenant, Set<String> allowedTenants, Set<String> allowedGroups)
      implements Preset {

    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** Any user that the tenant covers. */
    public Microsoft(String tenant) {
      this(tenant, Set.of(), Set.of());
    }

    /**
     * Everything in lower case.
     *
     * @throws IllegalArgumentException when the tenant cannot be one
     */
    public Microsoft {
      tenant = tenant.toLowerCase(Locale.ROOT);
      if (!TENANT.matcher(tenant).matches()) {
        throw new IllegalArgumentException("it is neither a tenant id nor a domain name");
      }
      allowedTenants = lowerCase(allowedTenants);
      allowedGroups = lowerCase(allowedGroups);
    }

    @Override
    public String id() {
      return "microsoft";
    }

    @Override
    public String displayName() {
      return "Microsoft";
    }

    @Override
    public String url() {
      return "https://login.microsoftonline.com/" + tenant + "/v2.0";
    }
  }

  /**
   * GitHub.
   *
   * @param organizations of which a user must be a member of one; empty for any account
   */
  record GitHub(Set<String> organizations) implements Preset {

    private static final Pattern ORGANIZATION = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    /** Any account. */
    public GitHub() {
      this(Set.of());
    }

    /**
     * Names in lower case.
     *
     * @throws IllegalArgumentException when a name cannot be one
     */
    public GitHub {
      organizations = lowerCase(organizations);
      if (!organizations.stream().allMatch(name -> ORGANIZATION.matcher(name).matches())) {
        throw new IllegalArgumentException("it is not the name of an organization at GitHub");
      }
    }

    @Override
    public String id() {
      return "github";
    }

    @Override
    public String displayName() {
      return "GitHub";
    }

    @Override
    public String url() {
      return "https://github.com";
    }
  }

  /** The preset of a URL's host, without any rules; empty when nothing is known of it. */
  static Optional<Preset> of(URI url) {
    return switch (url.getHost().toLowerCase(Locale.ROOT)) {
      case "accounts.google.com" -> Optional.of(new Google());
      case "github.com" -> Optional.of(new GitHub());
      case "login.microsoftonline.com",
          "login.microsoftonline.us",
          "login.partner.microsoftonline.cn" ->
          tenantIn(url).map(Microsoft::new);
      default -> Optional.empty();
    };
  }

  private static Optional<String> tenantIn(URI url) {
    String[] segments = url.getRawPath().split("/", -1);
    return segments.length > 1 && !segments[1].isEmpty()
        ? Optional.of(segments[1])
        : Optional.empty();
  }

  private static Set<String> lowerCase(Set<String> texts) {
    return texts.stream()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
