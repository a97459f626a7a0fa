package dev.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenkeel status`: what a node that runs says of itself and its region.
@Command(
    name = "status",
    description = "Shows what a running node says: its peers, groups, and repairs, as JSON.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Surroundings surroundings;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The node's endpoint (default: " + RunningNode.DEFAULT + ").")
  private String endpoint = RunningNode.DEFAULT;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal, InterruptedException {
    surroundings.out().print(new RunningNode(endpoint).get("/status", PATIENCE));
    surroundings.out().flush();
    return ExitCodes.DONE;
  }
}
