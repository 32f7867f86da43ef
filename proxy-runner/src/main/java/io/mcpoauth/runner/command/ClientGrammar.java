package io.mcpoauth.runner.command;

import io.mcpoauth.runner.config.McpRoute;
import io.mcpoauth.runner.config.Setting;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands by which an operator looks after clients. */
final class ClientGrammar {

  static final String CREATE = "create-client";
  static final String LIST = "list-clients";
  static final String DELETE = "delete-client";
  static final Set<String> COMMANDS = Set.of(CREATE, LIST, DELETE);

  static final String NAME = "--name";
  static final String REDIRECT_URI = "--redirect-uri";
  static final String METHOD = "--auth-method";
  static final String KEY_SET = "--jwks-file";
  static final String RESOURCE_SERVER = "--resource-server";
  static final String RESOURCE = "--resource";
  static final String CLIENT_ID = "--client-id";

  private ClientGrammar() {}

  static void addTo(CommandSpec root) {
    root.addSubcommand(CREATE, create());
    root.addSubcommand(LIST, list());
    root.addSubcommand(DELETE, delete());
  }

  private static CommandSpec create() {
    CommandSpec create =
        Grammar.command(
            CREATE, "Makes a client, or a resource server, and prints it with its secret, once.");
    create.addOption(Grammar.text(NAME, "NAME", "What users see on the consent page. Required."));
    create.addOption(
        OptionSpec.builder(REDIRECT_URI)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("URI")
            .description("Where answers go; may stand several times. Required for a client.")
            .build());
    create.addOption(
        Grammar.text(
            METHOD,
            "METHOD",
            "none, client_secret_basic, client_secret_post or private_key_jwt. Default: none."));
    create.addOption(
        Grammar.text(
            KEY_SET, "FILE", "The client's public keys as a JWK set, for private_key_jwt."));
    create.addOption(
        OptionSpec.builder(RESOURCE_SERVER)
            .description(
                "Makes a resource server: it gets no tokens, but may introspect those for the MCP"
                    + " server.")
            .build());
    create.addOption(
        Grammar.text(
            RESOURCE,
            "PATH",
            "Which MCP server a resource server is for, by its path in MCP_SERVERS. Default: "
                + McpRoute.STANDARD_PATH
                + "."));
    create.addOption(Grammar.option(Setting.BASE_URL));
    create.addOption(Grammar.option(Setting.ROUTE_PREFIX));
    return withDatabase(create);
  }

  private static CommandSpec list() {
    return withDatabase(
        Grammar.command(
            LIST,
            "Prints all registered clients, one a line: id, origin, method, time of creation,"
                + " name."));
  }

  private static CommandSpec delete() {
    CommandSpec delete =
        Grammar.command(DELETE, "Removes a client and ends all of its grants, at once everywhere.");
    delete.addOption(Grammar.text(CLIENT_ID, "ID", "The client. Required."));
    return withDatabase(delete);
  }

  private static CommandSpec withDatabase(CommandSpec command) {
    Grammar.addStorage(command);
    command.addOption(Grammar.config());
    return command;
  }
}
