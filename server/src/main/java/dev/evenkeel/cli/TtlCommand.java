package dev.evenkeel.cli;

import dev.evenkeel.model.TableSchema;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenkeel ttl`: what a running node does about items that have expired.
@Command(
    name = "ttl",
    description = "Deletes expired items at once, for tests.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class TtlCommand {
  private TtlCommand() {}

  static CommandLine line(Surroundings surroundings) {
    return new CommandLine(new TtlCommand()).addSubcommand(new Sweep(surroundings));
  }

  @Command(
      name = "sweep",
      description = {
        "Deletes all that has expired of a table and shows how many items that were, as JSON.",
        "Items that the node's own sweep, twice a second, has got before do not count.",
        "Refused by a node with access keys."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  private static final class Sweep implements Callable<Integer> {
    /// A large table is read as a whole.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Surroundings surroundings;

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private @Nullable String table;

    @Option(
        names = "--endpoint",
        paramLabel = "URL",
        description = "The node's endpoint (default: " + RunningNode.DEFAULT + ").")
    private String endpoint = RunningNode.DEFAULT;

    Sweep(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
      if (table == null || !TableSchema.isName(table)) {
        throw Refusal.misuse("'" + table + "' is no name of a table");
      }
      surroundings
          .out()
          .print(new RunningNode(endpoint).post("/ttl/sweep?table=" + table, PATIENCE));
      surroundings.out().flush();
      return ExitCodes.DONE;
    }
  }
}
