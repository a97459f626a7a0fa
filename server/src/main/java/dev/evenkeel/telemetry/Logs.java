package dev.evenkeel.telemetry;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Logging of the whole process: `java.util.logging`, to which `System.Logger` and Netty write.
public final class Logs {
  private Logs() {}

  /// From now on every logger of the process writes to standard error through `formatter`, from
  /// `level` on. Replaces what was configured before.
  public static void toStandardError(Formatter formatter, Level level) {
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
