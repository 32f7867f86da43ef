package io.mcpoauth.runner.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.audit.AuditEvent.OperatorActed;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationOutcome.Refused;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.internal.client.OperatorClients;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.GrantSelection.OfClient;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.runner.config.ClientsConfig;
import io.mcpoauth.runner.config.McpRoute;
import io.mcpoauth.runner.config.StorageConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine.ParseResult;

/** What {@link ClientGrammar} can ask for. */
final class ClientCommands {

  private static final int PAGE = 500;

  private final Terminal terminal;
  private final GrantEnds ends;

  ClientCommands(Terminal terminal, GrantEnds ends) {
    this.terminal = terminal;
    this.ends = ends;
  }

  int create(ParseResult flags, ClientsConfig config) {
    String name = flags.matchedOptionValue(ClientGrammar.NAME, "");
    if (name.isBlank()) {
      return wrong(ClientGrammar.NAME + " is missing.");
    }
    boolean resourceServer = flags.hasMatchedOption(ClientGrammar.RESOURCE_SERVER);
    Optional<ResourceUri> resource = mcpServer(flags, config.issuer());
    if (resource.isEmpty()) {
      return wrong(ClientGrammar.RESOURCE + " is not the path of an MCP server, such as /mcp.");
    }
    ObjectNode metadata;
    try {
      metadata = metadata(name, flags);
    } catch (IOException | InvalidPathException e) {
      return wrong(ClientGrammar.KEY_SET + " is not a file that holds a JWK set in JSON.");
    }
    return onClients(
        config.storage(),
        clients -> {
          OperatorClients operator = operator(clients, config.issuer());
          return report(
              resourceServer
                  ? operator.createResourceServer(name, resource.get())
                  : operator.create(metadata.toString()));
        });
  }

  int list(StorageConfig kept) {
    return onClients(
        kept,
        clients -> {
          String last = "";
          List<Client> page;
          do {
            page = clients.list(last, PAGE);
            for (Client client : page) {
              terminal.out().println(line(client));
              last = client.id();
            }
          } while (page.size() == PAGE);
          return ExitCode.OK;
        });
  }

  int delete(ParseResult flags, StorageConfig kept) {
    String id = flags.matchedOptionValue(ClientGrammar.CLIENT_ID, "");
    if (id.isEmpty()) {
      return wrong(ClientGrammar.CLIENT_ID + " is missing.");
    }
    return OnStorage.run(
        terminal,
        kept,
        storage -> {
          // First, since the removal does not say whose tokens their providers can have back.
          ends.end(storage, new OfClient(id), RevocationReason.CLIENT_DELETED);
          if (storage.clients().delete(id)) {
            ends.note(new OperatorActed(ClientGrammar.DELETE, id));
            terminal.out().println("The client is removed, and all of its grants have ended.");
            return ExitCode.OK;
          }
          terminal.err().println("There is no such client.");
          return ExitCode.FAILED;
        });
  }

  private static ObjectNode metadata(String name, ParseResult flags) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode metadata = mapper.createObjectNode();
    metadata.put("client_name", name);
    flags
        .matchedOptionValue(ClientGrammar.REDIRECT_URI, List.<String>of())
        .forEach(metadata.putArray("redirect_uris")::add);
    metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
    metadata.put(
        "token_endpoint_auth_method", flags.matchedOptionValue(ClientGrammar.METHOD, "none"));
    String keySet = flags.matchedOptionValue(ClientGrammar.KEY_SET, "");
    if (!keySet.isEmpty()) {
      metadata.set("jwks", mapper.readTree(Files.readString(Path.of(keySet))));
    }
    return metadata;
  }

  private static OperatorClients operator(ClientStore clients, URI issuer) {
    RedirectPolicy policy =
        new RedirectPolicy(
            issuer.getScheme() + "://" + issuer.getRawAuthority(),
            RedirectPolicy.KNOWN_APPLICATION_SCHEMES);
    return new OperatorClients(clients, policy, SecretSource.system(), InstantSource.system());
  }

  /** Empty when what is given is no path, or more than one. */
  private static Optional<ResourceUri> mcpServer(ParseResult flags, URI issuer) {
    String path = flags.matchedOptionValue(ClientGrammar.RESOURCE, McpRoute.STANDARD_PATH);
    return ResourceUri.parse(issuer + path)
        .filter(uri -> path.matches("/.*[^/]") && uri.value().equals(issuer + path))
        .filter(uri -> uri.path().equals(issuer.getRawPath() + path));
  }

  private int report(RegistrationOutcome outcome) {
    if (outcome instanceof Registered registered) {
      String document = registered.document().expose();
      ends.note(new OperatorActed(ClientGrammar.CREATE, clientId(document)));
      terminal.out().println(document);
      if (document.contains("\"client_secret\"")) {
        terminal.err().println("Keep the client_secret: it is not stored and not shown again.");
      }
      return ExitCode.OK;
    }
    return wrong("The client was not made: " + ((Refused) outcome).error().description() + ".");
  }

  private static String clientId(String document) {
    try {
      return new ObjectMapper().readTree(document).path("client_id").asText();
    } catch (IOException e) {
      throw new IllegalStateException("a registration is a JSON document");
    }
  }

  private int wrong(String line) {
    terminal.err().println(line);
    return ExitCode.CONFIGURATION;
  }

  private int onClients(StorageConfig kept, ToIntFunction<ClientStore> work) {
    return OnStorage.run(terminal, kept, storage -> work.applyAsInt(storage.clients()));
  }

  /** Strangers choose the names of clients: no character of theirs may steer a terminal. */
  private static String line(Client client) {
    return String.join(
        "\t",
        client.id(),
        client.origin().name(),
        client.authenticationMethod().wireName(),
        client.createdAt().toString(),
        client.name().replaceAll("\\p{C}", "?"));
  }
}
