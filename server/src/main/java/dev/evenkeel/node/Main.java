package dev.evenkeel.node;

import dev.evenkeel.cli.Program;
import dev.evenkeel.cli.Surroundings;

/// The entry point of the process.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Program.run(args, new NodeLauncher(), Surroundings.ofProcess()));
  }
}
