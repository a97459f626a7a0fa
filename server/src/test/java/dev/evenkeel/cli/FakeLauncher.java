package dev.evenkeel.cli;

import dev.evenkeel.auth.AccessKeys;
import dev.evenkeel.environment.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Launches nothing: nodes that stop at once, or refuse, or break.
final class FakeLauncher implements Launcher {
  private static final Clock STANDING_CLOCK =
      new Clock() {
        @Override
        public long monotonicNanos() {
          return 0;
        }

        @Override
        public long wallMicros() {
          return 1_000_000L;
        }
      };

  private final Path keysFolder;
  @Nullable Refusal refusal;
  @Nullable RuntimeException bug;
  Optional<String> failure = Optional.empty();

  FakeLauncher(Path folder) {
    this.keysFolder = folder.resolve("keys");
  }

  @Override
  public Running start(Settings settings, Consumer<Runnable> stoppable) throws Refusal {
    if (refusal != null) {
      throw refusal;
    }
    if (bug != null) {
      throw bug;
    }
    return new Stopped(failure);
  }

  @Override
  public AccessKeys accessKeys(Settings settings) {
    try {
      return accessKeys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AccessKeys accessKeys() throws IOException {
    return AccessKeys.open(keysFolder, STANDING_CLOCK);
  }

  private record Stopped(Optional<String> failure) implements Running {
    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
    }

    @Override
    public int accessKeys() {
      return 0;
    }

    @Override
    public Optional<String> await() {
      return failure;
    }

    @Override
    public void close() {}
  }
}
