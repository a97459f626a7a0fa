package dev.evenkeel.telemetry;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Logging of the whole process: `java.util.logging`, to which `System.Logger` and Netty write.
public final class Logs {
  private static final String MANAGER = "java.util.logging.manager";

  private Logs() {}

  /// A log manager that does not take the handlers away when the JVM begins to shut down, so that
  /// what happens while a node stops is still logged.
  public static final class Steady extends LogManager {
    @Override
    public void reset() {}
  }

  /// From now on every logger of the process writes to standard error through `formatter`, from
  /// `level` on. Replaces what was configured before. Call it before anything else logs: only then
  /// do lines come through to the very end of the process.
  public static void toStandardError(Formatter formatter, Level level) {
    if (System.getProperty(MANAGER) == null) {
      System.setProperty(MANAGER, Steady.class.getName());
    }
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler handler = new ConsoleHandler();
    handler.setFormatter(formatter);
    handler.setLevel(level);
    root.addHandler(handler);
    root.setLevel(level);
  }
}
