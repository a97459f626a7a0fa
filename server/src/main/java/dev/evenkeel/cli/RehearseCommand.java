package dev.evenkeel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenkeel rehearse`: the training run of the JVM's ahead-of-time cache. Does what a start and
/// the first requests do, in a directory of its own, and ends.
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts a node, sends it a few requests and stops.")
final class RehearseCommand implements Callable<Integer> {
  private final Launcher launcher;

  @Option(names = "--data-dir", required = true, paramLabel = "PATH")
  private @Nullable Path dataDirectory;

  RehearseCommand(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws Refusal, IOException {
    if (dataDirectory == null) {
      throw Refusal.misuse("--data-dir is missing");
    }
    Settings settings = new Settings("127.0.0.1", 0, dataDirectory, false, "local", 3);
    try (Launcher.Running node = launcher.start(settings, _ -> {})) {
      String banner = Banner.of(settings, node);
      if (banner.isEmpty()) {
        throw new IllegalStateException("a banner without text");
      }
      Rehearsal.play(node.address());
    }
    return ExitCodes.DONE;
  }
}
