package dev.evenkeel.cli;

import dev.evenkeel.auth.AccessKey;
import dev.evenkeel.auth.AccessKeys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenkeel keys`: access keys of a data directory. A running server sees changes within seconds.
@Command(
    name = "keys",
    description = "Adds, lists and removes access keys.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class KeysCommand {
  private KeysCommand() {}

  static CommandLine line(Launcher launcher, Surroundings surroundings) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new Add(launcher, surroundings))
        .addSubcommand(new ListAll(launcher, surroundings))
        .addSubcommand(new Remove(launcher, surroundings));
  }

  /// What the three have in common: whose keys.
  private abstract static sealed class OnKeys implements Callable<Integer>
      permits Add, ListAll, Remove {
    private final Launcher launcher;
    private final Surroundings surroundings;

    @Option(
        names = "--data-dir",
        paramLabel = "PATH",
        description = "The node's data directory (default: ./evenkeel-data).")
    private @Nullable String dataDirectory;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "Properties file (default: ./evenkeel.properties if it exists).")
    private @Nullable String config;

    OnKeys(Launcher launcher, Surroundings surroundings) {
      this.launcher = launcher;
      this.surroundings = surroundings;
    }

    abstract void run(AccessKeys keys) throws IOException, Refusal;

    void print(String line) {
      surroundings.out().println(line);
    }

    @Override
    public Integer call() throws Refusal {
      Map<String, String> flags = new LinkedHashMap<>();
      if (dataDirectory != null) {
        flags.put(SettingsReader.DATA_DIR, dataDirectory);
      }
      if (config != null) {
        flags.put(SettingsReader.CONFIG, config);
      }
      Settings settings = new SettingsReader(flags, surroundings.variables()).read();
      try {
        run(launcher.accessKeys(settings));
      } catch (IOException e) {
        throw Refusal.because(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        throw Refusal.misuse(String.valueOf(e.getMessage()));
      }
      return ExitCodes.DONE;
    }
  }

  @Command(
      name = "add",
      description = "Adds a key and prints it. The secret is not shown again.",
      mixinStandardHelpOptions = true)
  private static final class Add extends OnKeys {
    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "Access key id of your choice; needs --secret-env.")
    private @Nullable String id;

    @Option(
        names = "--secret-env",
        paramLabel = "VARIABLE",
        description = "The variable that holds the secret of your choice.")
    private @Nullable String secretVariable;

    private final Surroundings surroundings;

    Add(Launcher launcher, Surroundings surroundings) {
      super(launcher, surroundings);
      this.surroundings = surroundings;
    }

    @Override
    void run(AccessKeys keys) throws IOException, Refusal {
      if (id == null && secretVariable == null) {
        AccessKey key = keys.add();
        print("AWS_ACCESS_KEY_ID=" + key.id());
        print("AWS_SECRET_ACCESS_KEY=" + key.secret());
      } else if (id != null && secretVariable != null) {
        print("added " + keys.add(id, secret(secretVariable)).id());
      } else {
        throw Refusal.misuse("--id and --secret-env go together");
      }
    }

    private String secret(String variable) throws Refusal {
      String secret = surroundings.variables().get(variable);
      if (secret == null) {
        throw Refusal.misuse("there is no variable " + variable);
      }
      return secret;
    }
  }

  @Command(
      name = "list",
      description = "Lists the keys, without their secrets.",
      mixinStandardHelpOptions = true)
  private static final class ListAll extends OnKeys {
    ListAll(Launcher launcher, Surroundings surroundings) {
      super(launcher, surroundings);
    }

    @Override
    void run(AccessKeys keys) {
      keys.list().forEach(key -> print(key.id() + "  " + key.created()));
    }
  }

  @Command(name = "remove", description = "Removes a key.", mixinStandardHelpOptions = true)
  private static final class Remove extends OnKeys {
    @Parameters(paramLabel = "ID", description = "Access key id.")
    private String id = "";

    Remove(Launcher launcher, Surroundings surroundings) {
      super(launcher, surroundings);
    }

    @Override
    void run(AccessKeys keys) throws IOException, Refusal {
      if (!keys.remove(id)) {
        throw Refusal.because("there is no access key " + id);
      }
      print("removed " + id);
    }
  }
}
