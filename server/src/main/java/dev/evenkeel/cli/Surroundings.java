package dev.evenkeel.cli;

import java.io.PrintStream;
import java.util.Map;

/// What a command sees of the process that runs it.
///
/// @param variables the environment
/// @param out what was asked for
/// @param err what went wrong
public record Surroundings(Map<String, String> variables, PrintStream out, PrintStream err) {
  /// Those of this process.
  public static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), System.out, System.err);
  }
}
