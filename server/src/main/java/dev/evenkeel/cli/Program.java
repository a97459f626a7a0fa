package dev.evenkeel.cli;

import dev.evenkeel.bench.BenchCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `evenkeel`: finds the subcommand and turns its outcome into an exit code.
@Command(
    name = "evenkeel",
    description = "A database that speaks DynamoDB's API.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class)
public final class Program implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Program() {}

  /// Runs the command that `args` name.
  ///
  /// @return the process's exit code
  public static int run(String[] args, Launcher launcher, Surroundings surroundings) {
    CommandLine line =
        new CommandLine(new Program())
            .addSubcommand(new StartCommand(launcher, surroundings))
            .addSubcommand(KeysCommand.line(launcher, surroundings))
            .addSubcommand(new StatusCommand(surroundings))
            .addSubcommand(TtlCommand.line(surroundings))
            .addSubcommand(new BenchCommand())
            .addSubcommand(new RehearseCommand(launcher));
    line.setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setParameterExceptionHandler((failure, given) -> misused(failure))
        .setExecutionExceptionHandler((failure, at, given) -> failed(failure, at));
    return line.execute(args);
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  private static int misused(ParameterException failure) {
    CommandLine at = failure.getCommandLine();
    String help = at.getCommandSpec().qualifiedName() + " --help";
    at.getErr().println("evenkeel: " + failure.getMessage() + " (see " + help + ")");
    return ExitCodes.MISUSE;
  }

  private static int failed(Exception failure, CommandLine at) {
    if (failure instanceof Refusal refusal) {
      at.getErr().println("evenkeel: " + refusal.getMessage());
      return refusal.exitCode();
    }
    at.getErr().println("evenkeel: this is a bug; please report it with the lines below");
    failure.printStackTrace(at.getErr());
    return ExitCodes.BUG;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /// The version that the jar's manifest bears.
  static final class Version implements IVersionProvider {
    /// Three numbers, or what a program says that was not built as a jar.
    static String number() {
      String version = Program.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {
        "evenkeel " + number() + " (Java " + Runtime.version() + ")",
      };
    }
  }
}
