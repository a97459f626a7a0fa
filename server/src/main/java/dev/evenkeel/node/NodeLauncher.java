package dev.evenkeel.node;

import dev.evenkeel.auth.AccessKeys;
import dev.evenkeel.cli.Launcher;
import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.telemetry.JsonLines;
import dev.evenkeel.telemetry.Logs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;

/// Starts nodes: for the command line, and for tests that want one in their own process.
public final class NodeLauncher implements Launcher {
  @Override
  public Running start(Settings settings, Consumer<Runnable> stoppable) throws Refusal {
    Logs.toStandardError(new JsonLines(), Level.INFO);
    return Node.open(settings, resolve(settings.bind()), stoppable);
  }

  @Override
  public AccessKeys accessKeys(Settings settings) throws Refusal {
    Path directory = DataDirectory.requireOurs(settings.dataDirectory());
    try (RealEnvironment environment = RealEnvironment.inMemory(0, NodeLauncher::report)) {
      return AccessKeys.open(directory.resolve(DataDirectory.KEYS), environment.clock());
    } catch (IOException e) {
      throw Refusal.because(String.valueOf(e.getMessage()));
    }
  }

  private static void report(Throwable bug) {
    System.getLogger(NodeLauncher.class.getName())
        .log(System.Logger.Level.ERROR, "this is a bug", bug);
  }

  private static InetAddress resolve(String bind) throws Refusal {
    try {
      return InetAddress.getAllByName(bind)[0];
    } catch (UnknownHostException e) {
      throw Refusal.because("cannot listen on " + bind + ": no such address");
    }
  }
}
