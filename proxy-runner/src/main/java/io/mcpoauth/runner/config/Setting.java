package io.mcpoauth.runner.config;

import static io.mcpoauth.runner.config.SettingGroup.ACCESS;
import static io.mcpoauth.runner.config.SettingGroup.ADDRESS;
import static io.mcpoauth.runner.config.SettingGroup.DEMO;
import static io.mcpoauth.runner.config.SettingGroup.LIMITS;
import static io.mcpoauth.runner.config.SettingGroup.MCP_SERVER;
import static io.mcpoauth.runner.config.SettingGroup.PROVIDER;
import static io.mcpoauth.runner.config.SettingGroup.STORAGE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the operator may set. This is the one list: flags, help, checks of names and
 * {@code docs/configuration.md} follow from it.
 */
public enum Setting {
  BASE_URL(
      ADDRESS,
      null,
      "public URL of the proxy",
      "https (http only for localhost, 127.0.0.1 and [::1]), without query, fragment and trailing"
          + " slash",
      "https://mcp.example.com"),
  ROUTE_PREFIX(
      ADDRESS,
      "",
      "path below BASE_URL that all routes begin with; the two together are the issuer",
      "empty, or /segment[/segment...] of letters, digits and - . _ ~",
      "/auth"),
  HOST(
      ADDRESS,
      "127.0.0.1",
      "address to listen on; 0.0.0.0 for every interface, as in a container",
      "an IP address or a host name of this machine",
      "0.0.0.0"),
  PORT(ADDRESS, "8080", "TCP port to listen on", "1 to 65535", "8080"),
  ALLOWED_HOSTS(
      ADDRESS,
      "",
      "names under which requests may come in besides that of BASE_URL and those of this machine,"
          + " as behind a reverse proxy that changes Host",
      "host names and addresses without ports, separated by commas or spaces",
      "proxy.internal"),
  ALLOWED_ORIGINS(
      ADDRESS,
      "",
      "web pages that may call MCP servers; where it is empty, all pages that came by https, from"
          + " this machine or in an application",
      "origins (scheme://host[:port]) separated by commas or spaces",
      "https://app.example.com"),
  MODE(
      ADDRESS,
      "proxy",
      "how requests come to MCP servers: through this proxy, or through a web server that asks it"
          + " who may pass",
      "proxy or forward_auth",
      "forward_auth"),
  FORWARD_AUTH_PORT(
      ADDRESS,
      "8081",
      "TCP port at which the web server asks in mode forward_auth; nobody else may reach it",
      "1 to 65535, other than PORT",
      "8081"),
  TRUSTED_PROXIES(
      ADDRESS,
      "",
      "reverse proxies in front of this one, whose X-Forwarded-For says where a request comes from;"
          + " nobody else's does",
      "IP addresses, and blocks such as 10.0.0.0/8, separated by commas or spaces; none wider than"
          + " a private network",
      "127.0.0.1,10.1.0.0/16"),
  MCP_SERVER_URL(
      MCP_SERVER,
      "",
      "URL of the MCP server; with a path, that path stands for /mcp; required in mode proxy, unless"
          + " MCP_SERVERS names others",
      "http or https, without user, query and fragment; no link-local or cloud metadata address",
      "http://127.0.0.1:3000/mcp"),
  MCP_SERVERS(
      MCP_SERVER,
      "",
      "MCP servers at paths of their own, each a protected resource of its own",
      "entries separated by semicolons: path, URL (in mode forward_auth it may be left out), then if"
          + " need be scopes=, required= (scopes separated by commas), provider-token= and"
          + " identity-token= (true or false)",
      "/notes/mcp http://127.0.0.1:3001/mcp scopes=openid; /files/mcp http://127.0.0.1:3002"),
  MCP_SERVER_MAX_REQUESTS(
      MCP_SERVER,
      "10000",
      "how many requests each MCP server may have at a time, open streams included; further ones"
          + " are answered 503",
      "1 to 999999",
      "2000"),
  MCP_SERVER_MAX_REQUESTS_PER_USER(
      MCP_SERVER,
      "200",
      "how many of them one user may have; further ones are answered 429",
      "1 to 999999",
      "50"),
  MCP_SERVER_TIMEOUT_SECONDS(
      MCP_SERVER,
      "600",
      "how long an MCP server may take until its answer begins; then the client is answered 504;"
          + " an answer that has begun may take as long as it likes; 0 for no limit",
      "0 to 3600",
      "120"),
  STREAM_HEARTBEAT_SECONDS(
      MCP_SERVER,
      "25",
      "after how long a silence event streams get a comment, which clients skip, so that no network"
          + " takes them for dead; 0 for never",
      "0 to 3600",
      "15"),
  PASS_PROVIDER_TOKEN(
      MCP_SERVER,
      "true",
      "whether MCP servers are given the provider's access token in X-Forwarded-Access-Token,"
          + " unless their entry says otherwise",
      "true or false",
      "false"),
  SCOPES_SUPPORTED(
      MCP_SERVER,
      null,
      "scopes that MCP clients may ask for",
      "scope tokens (RFC 6749, section 3.3) separated by commas or spaces",
      "openid,profile,email"),
  PASS_IDENTITY_TOKEN(
      MCP_SERVER,
      "false",
      "whether MCP servers get a signed identity token with each request, unless their entry says"
          + " otherwise",
      "true or false",
      "true"),
  OAUTH_AUTHORIZE_URL(
      PROVIDER,
      "",
      "issuer or base URL of the OpenID Connect or OAuth 2.0 provider, whose endpoints are"
          + " discovered; required unless users sign in at another provider below",
      "https (http only for localhost, 127.0.0.1 and [::1]), without query and fragment",
      "https://accounts.example.com"),
  OAUTH_CLIENT_ID(
      PROVIDER,
      "",
      "client id of the proxy at the provider; register BASE_URL + ROUTE_PREFIX + /callback there",
      "one line",
      "mcp-oauth-proxy"),
  OAUTH_CLIENT_SECRET(
      PROVIDER, "", "client secret of the proxy at the provider", "one line", "<client secret>"),
  OAUTH_CLIENT_PRIVATE_KEY_FILE(
      PROVIDER,
      "",
      "file with the private key by which the proxy proves to the provider who it is"
          + " (private_key_jwt), in place of OAUTH_CLIENT_SECRET",
      "a file that holds a private JWK, or PKCS#8 in PEM; RSA, EC or Ed25519",
      "/etc/mcp-oauth/client-key.pem"),
  OAUTH_CLIENT_PRIVATE_KEY_ID(
      PROVIDER,
      "",
      "id (kid) by which the provider knows that key; where it is empty, that of the JWK",
      "one line",
      "proxy-2026"),
  OAUTH_DISCOVERY(
      PROVIDER,
      "true",
      "whether the provider's endpoints are read from its metadata; if not, OAUTH_AUTHORIZE_URL is"
          + " its authorization endpoint, and the client secret is sent to token beside it",
      "true or false",
      "false"),
  GOOGLE_CLIENT_ID(
      PROVIDER,
      "",
      "client id of the proxy at Google",
      "one line",
      "1234-abc.apps.googleusercontent.com"),
  GOOGLE_CLIENT_SECRET(
      PROVIDER, "", "client secret of the proxy at Google", "one line", "<client secret>"),
  MICROSOFT_CLIENT_ID(
      PROVIDER,
      "",
      "application (client) id of the proxy at Microsoft Entra",
      "one line",
      "00000000-0000-0000-0000-000000000000"),
  MICROSOFT_CLIENT_SECRET(
      PROVIDER, "", "client secret of the proxy at Microsoft Entra", "one line", "<client secret>"),
  MICROSOFT_TENANT(
      PROVIDER,
      "common",
      "whose accounts sign in at Microsoft Entra",
      "id or domain name of a tenant, organizations (work and school), consumers (private) or"
          + " common (both)",
      "contoso.onmicrosoft.com"),
  GITHUB_CLIENT_ID(
      PROVIDER, "", "client id of the proxy at GitHub", "one line", "Iv1.0123456789abcdef"),
  GITHUB_CLIENT_SECRET(
      PROVIDER, "", "client secret of the proxy at GitHub", "one line", "<client secret>"),
  PROVIDER_SCOPES(
      PROVIDER,
      "",
      "what providers are asked for; where it is empty, SCOPES_SUPPORTED and what is needed to know"
          + " the user",
      "scope tokens (RFC 6749, section 3.3) separated by commas or spaces",
      "openid,profile,email,offline_access"),
  PROVIDER_PLUGINS(
      PROVIDER,
      "",
      "ids of provider plug-ins in PLUGIN_DIR or on the class path; each takes the environment"
          + " variables that begin with its id",
      "ids separated by commas or spaces",
      "acme"),
  PLUGIN_DIR(
      PROVIDER,
      "",
      "folder with the jars of plug-ins and of the libraries that they need",
      "a folder with jars; what is in it runs with all rights of the proxy",
      "/opt/mcp-oauth/plugins"),
  REMEMBER_CONSENT_DAYS(
      ACCESS,
      "0",
      "days for which users can let their browser remember that they allowed an application at an"
          + " https redirect URI; 0 asks each time",
      "a number from 0 to 9999",
      "30"),
  ALLOWED_EMAILS(
      ACCESS,
      "",
      "users who may come in, by verified e-mail address, besides those of ALLOWED_DOMAINS; where"
          + " both are empty, everybody whom a provider lets in",
      "addresses separated by commas or spaces",
      "ada@example.com"),
  ALLOWED_DOMAINS(
      ACCESS,
      "",
      "domains whose users may come in, by verified e-mail address; subdomains do not count",
      "domain names in ASCII separated by commas or spaces",
      "example.com"),
  TRUSTED_ISSUERS(
      ACCESS,
      "",
      "other authorization servers whose JWT access tokens are good at MCP servers, too",
      "entries separated by semicolons: an id, the issuer, the https URL of its key set, then if need"
          + " be audience= (separated by commas) where its tokens are not for the MCP server's URL",
      "corp https://login.example.com https://login.example.com/jwks audience=api://mcp"),
  GOOGLE_HOSTED_DOMAIN(
      ACCESS,
      "",
      "Google Workspace domains whose accounts may sign in at Google",
      "domain names in ASCII separated by commas or spaces",
      "example.com"),
  MICROSOFT_ALLOWED_TENANTS(
      ACCESS,
      "",
      "tenants whose accounts may sign in at Microsoft Entra",
      "tenant ids separated by commas or spaces",
      "00000000-0000-0000-0000-000000000000"),
  MICROSOFT_ALLOWED_GROUPS(
      ACCESS,
      "",
      "groups of which an account must be in one to sign in at Microsoft Entra",
      "object ids separated by commas or spaces",
      "00000000-0000-0000-0000-000000000000"),
  GITHUB_ORGANIZATIONS(
      ACCESS,
      "",
      "organizations of which an account must be in one to sign in at GitHub",
      "names separated by commas or spaces",
      "acme"),
  CLIENT_REGISTRATION(
      ACCESS, "true", "whether clients may register themselves", "true or false", "false"),
  CLIENT_REGISTRATION_TOKENS(
      ACCESS,
      "",
      "initial access tokens, one of which a client needs to register; where it is empty, every"
          + " client may",
      "tokens of 32 characters at least, separated by commas or spaces",
      "$(openssl rand -hex 32)"),
  CLIENT_DOCUMENTS(
      ACCESS,
      "true",
      "whether clients may be described by a metadata document at the URL that is their id",
      "true or false",
      "false"),
  CLIENT_DOCUMENT_HOSTS(
      ACCESS,
      "",
      "hosts whose metadata documents are read; where it is empty, those of all public hosts",
      "host names, and *.name for those below one, separated by commas or spaces",
      "claude.ai,*.example.com"),
  CLIENT_DOCUMENT_DENIED_HOSTS(
      ACCESS,
      "",
      "hosts whose metadata documents are not read",
      "host names, and *.name for those below one, separated by commas or spaces",
      "*.example.net"),
  RATE_LIMIT_PER_ADDRESS(
      LIMITS,
      "6000/minute",
      "requests to the OAuth endpoints from one IPv4 address or IPv6 /64; a /24 or /48 has eight"
          + " times as many",
      Rules.RATE,
      "600/minute"),
  RATE_LIMIT_REGISTRATIONS(
      LIMITS,
      "600/hour",
      "client registrations from one address; a /24 or /48 has eight times as many, all together"
          + " forty times",
      Rules.RATE,
      "60/hour"),
  RATE_LIMIT_PER_CLIENT(
      LIMITS,
      "30000/minute",
      "requests of one OAuth client, with all of its users, to the endpoints that clients call",
      Rules.RATE,
      "6000/minute"),
  RATE_LIMIT_PER_GRANT(
      LIMITS,
      "off",
      "requests to MCP servers by one user with one client",
      Rules.RATE,
      "1200/minute"),
  RATE_LIMIT_FORGED_TOKENS(
      LIMITS,
      "600/minute",
      "access tokens with a wrong signature from one IPv4 address or IPv6 /64; further tokens from"
          + " there that are not known yet are not looked at",
      Rules.RATE,
      "60/minute"),
  DATABASE_DSN(
      STORAGE,
      "",
      "PostgreSQL database; tables are made in its schema mcp_oauth; required unless STORAGE_PLUGIN"
          + " names something else",
      "postgres://user:password@host:port/database?option=value, special characters"
          + " percent-encoded",
      "postgres://mcp:<password>@db.example.com:5432/mcp?sslmode=require"),
  STORAGE_PLUGIN(
      STORAGE,
      "",
      "id of a storage plug-in in PLUGIN_DIR or on the class path, in place of PostgreSQL; it takes"
          + " the environment variables that begin with its id",
      "an id",
      "files"),
  ENCRYPTION_KEY(
      STORAGE,
      null,
      "key that encrypts what is stored; several separated by commas: the first encrypts, all"
          + " decrypt",
      "base64 of 32 random bytes each",
      "$(openssl rand -base64 32)"),
  SIGNING_KEY_DAYS(
      STORAGE,
      "90",
      "days after which another key signs access tokens",
      "a number from 1 to 9999",
      "30"),
  CLEANUP_MINUTES(
      STORAGE,
      "60",
      "how often what ended days ago is removed from the database",
      "1 to 1440",
      "60"),
  DATA_DIR(
      DEMO,
      "./data",
      "folder where demo mode keeps its database and keys",
      "a folder that may be created and written to",
      "/var/lib/mcp-oauth-demo");

  /** Rules that several settings share; constants of the enum itself would come too late. */
  private static final class Rules {
    static final String RATE = "a number up to 1000000, then /second, /minute or /hour; or off";
  }

  private final SettingGroup group;
  private final @Nullable String standard;
  private final String meaning;
  private final String rule;
  private final String example;

  Setting(
      SettingGroup group, @Nullable String standard, String meaning, String rule, String example) {
    this.group = group;
    this.standard = standard;
    this.meaning = meaning;
    this.rule = rule;
    this.example = example;
  }

  /** The environment variable, also the name in a configuration file. */
  public String variable() {
    return name();
  }

  /** The command line flag, such as {@code --base-url}. */
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is about. */
  public SettingGroup group() {
    return group;
  }

  /** The value where none is given; empty when one has to be given. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(standard);
  }

  /** What it is, as a phrase. */
  public String meaning() {
    return meaning;
  }

  /** Which values are accepted, as a phrase. */
  public String rule() {
    return rule;
  }

  /** A value that is accepted or, for secrets, how to come by one. */
  public String example() {
    return example;
  }

  /** The setting of that variable; the name must match to the letter. */
  static Optional<Setting> of(String variable) {
    return Arrays.stream(values()).filter(s -> s.variable().equals(variable)).findFirst();
  }
}
