package io.mcpoauth.runner.command;

import io.mcpoauth.runner.config.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, without any value: picocli's own messages quote what they do
 * not understand, which is where a password stands when its flag is misspelt.
 */
final class UsageProblems {

  private UsageProblems() {}

  static List<String> describe(ParameterException problem) {
    List<String> lines = new ArrayList<>();
    if (problem instanceof UnmatchedArgumentException unmatched) {
      lines.addAll(unknown(unmatched));
    } else if (problem instanceof MissingParameterException missing) {
      lines.add(flagOf(missing) + " needs a value.");
    } else if (problem instanceof OverwrittenOptionException twice) {
      lines.add(flagOf(twice) + " stands twice; keep one.");
    } else {
      lines.add("The command line is not understood.");
    }
    lines.add("See --help.");
    return lines;
  }

  private static List<String> unknown(UnmatchedArgumentException unmatched) {
    CommandSpec spec = unmatched.getCommandLine().getCommandSpec();
    List<String> lines = new ArrayList<>();
    boolean word = false;
    for (String argument : unmatched.getUnmatched()) {
      if (!argument.startsWith("-")) {
        word = true;
        continue;
      }
      String flag = argument.split("=", 2)[0];
      String hint =
          Spelling.closest(flag, spec.optionsMap().keySet())
              .map(meant -> " Did you mean " + meant + "?")
              .orElse("");
      lines.add("There is no flag " + flag + "." + hint);
    }
    if (word) {
      lines.add("An argument is no command and belongs to no flag.");
    }
    return lines;
  }

  private static String flagOf(MissingParameterException missing) {
    return missing.getMissing().isEmpty() ? "A flag" : flagOf(missing.getMissing().get(0));
  }

  private static String flagOf(OverwrittenOptionException twice) {
    return flagOf(twice.getOverwritten());
  }

  private static String flagOf(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : "A flag";
  }
}
