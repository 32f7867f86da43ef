package io.mcpoauth.benchmarks.load;

import io.mcpoauth.benchmarks.machine.Command;
import io.mcpoauth.benchmarks.machine.CpuClock;
import io.mcpoauth.benchmarks.rig.Target;
import io.mcpoauth.benchmarks.rig.WorkFolder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, with requests that carry one token after the other. */
public final class Wrk {

  private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern COUNT = Pattern.compile("([0-9]+) requests in");
  private static final Pattern FAILURE =
      Pattern.compile("(?m)^ *(Non-2xx or 3xx responses|Socket errors).*$");

  private static final String SCRIPT =
      """
      local requests, next = {}, 0
      init = function(args)
        for token in io.lines("%s") do
          local headers = {
            ["Authorization"] = "Bearer " .. token,
            ["Accept"] = "application/json, text/event-stream",
            ["Content-Type"] = "application/json",
            ["MCP-Protocol-Version"] = "2025-11-25",
            ["User-Agent"] = "benchmark/1.0"
          }
          requests[#requests + 1] = wrk.format("%s", "/mcp", headers, %s)
        end
      end
      request = function()
        next = next %% #requests + 1
        return requests[next]
      end
      """;

  private static final String CALL =
      "'{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
          + "\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}}'";

  private final String program;
  private final String script;

  /**
   * Requests with those tokens.
   *
   * @param method GET, or POST with a call of a tool
   */
  public Wrk(WorkFolder folder, List<String> tokens, String method) {
    program = Command.find("wrk", "apt-get install wrk").toString();
    String list = folder.write("tokens", String.join("\n", tokens) + "\n").toString();
    String body = method.equals("POST") ? CALL : "nil";
    script = folder.write(method + ".lua", SCRIPT.formatted(list, method, body)).toString();
  }

  /**
   * A run against a server.
   *
   * @param rate requests per second
   * @param cpuMicros processor time of the server for each request
   */
  public record Run(double rate, double cpuMicros) {}

  /**
   * Sends requests as fast as they are answered.
   *
   * @throws IllegalStateException when one of them fails, since errors are quickly made
   */
  public Run run(Target target, int connections, int seconds) {
    CpuClock cpu = target.cpu();
    long before = cpu.micros();
    String output = send(target, connections, seconds);
    double micros = cpu.micros() - before;
    if (FAILURE.matcher(output).find()) {
      throw new IllegalStateException(target.name() + " failed requests: " + output);
    }
    return new Run(number(RATE, output), micros / number(COUNT, output));
  }

  /**
   * Lets a server compile its code and see every token once, at a pace at which that is possible: a
   * signature costs many times what a request costs.
   */
  public void warmUp(Target target, int seconds) {
    String output = send(target, 8, seconds);
    if (output.contains("Non-2xx")) {
      throw new IllegalStateException(target.name() + " failed requests: " + output);
    }
    send(target, 64, seconds);
  }

  private String send(Target target, int connections, int seconds) {
    return Command.run(
        List.of(
            program,
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "-s",
            script,
            "http://127.0.0.1:" + target.port()));
  }

  private static double number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("wrk said: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
