package dev.evenkeel.cli;

import java.io.PrintStream;
import java.time.Duration;

/// Stops the node in order when the process is told to end.
final class Shutdown {
  /// Five seconds were promised; what remains is for the machine.
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final Launcher.Running node;
  private final PrintStream err;
  private volatile boolean armed = true;

  private Shutdown(Launcher.Running node, PrintStream err) {
    this.node = node;
    this.err = err;
  }

  /// From now on SIGINT and SIGTERM close the node and end the process with code 0. A node that
  /// does not close in time is left as a crash would leave it: nothing acknowledged is lost.
  static Shutdown onSignal(Launcher.Running node, PrintStream err) {
    Shutdown shutdown = new Shutdown(node, err);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    return shutdown;
  }

  /// The node has stopped by itself: the process ends with the code that its command returns.
  void disarm() {
    armed = false;
  }

  private void run() {
    if (!armed) {
      return;
    }
    Thread closing = Thread.ofPlatform().name("closing").daemon().start(node::close);
    boolean closed = waitFor(closing);
    if (!closed) {
      err.println("evenkeel: not everything in flight was finished in time");
    }
    // A JVM that a signal ends reports 128 + its number, which a supervisor takes for a crash.
    Runtime.getRuntime().halt(closed ? ExitCodes.DONE : ExitCodes.REFUSED);
  }

  private static boolean waitFor(Thread closing) {
    try {
      return closing.join(PATIENCE);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
