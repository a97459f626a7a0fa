package dev.evenkeel.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Stops the node in order when the process is told to end.
final class Shutdown {
  /// Five seconds were promised; what remains is for the machine.
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final PrintStream err;

  /// What stops the node; null while there is none, and when it has stopped by itself.
  private volatile @Nullable Runnable stop;

  private Shutdown(PrintStream err) {
    this.err = err;
  }

  /// SIGINT and SIGTERM stop the node that is set, and end the process with code 0. A node that
  /// does not stop in time is left as a crash would leave it: nothing acknowledged is lost.
  static Shutdown onSignal(PrintStream err) {
    Shutdown shutdown = new Shutdown(err);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    return shutdown;
  }

  /// From now on there is a node.
  void arm(Runnable newStop) {
    stop = newStop;
  }

  /// The node has stopped by itself: the process ends with the code that its command returns.
  void disarm() {
    stop = null;
  }

  private void run() {
    Runnable now = stop;
    if (now == null) {
      return;
    }
    Thread closing = Thread.ofPlatform().name("closing").daemon().start(now);
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
