package dev.evenkeel.architecture.offenders.odd;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;

/// One method per rule, each of which breaks it.
class Banned {
  static long clocks() {
    return System.nanoTime();
  }

  static void threads() {
    Thread.ofVirtual().start(() -> {});
  }

  static UUID randomness() {
    return UUID.randomUUID();
  }

  static boolean files_and_sockets() {
    return Files.exists(Path.of("x"));
  }

  static Map<String, Integer> unordered_collections() {
    return Map.of("a", 1, "b", 2);
  }

  @SuppressWarnings("StringCaseLocaleUsage")
  static String default_locale_and_zone() {
    return "I".toLowerCase();
  }

  static void process() {
    System.exit(Assertions.catchThrowable(() -> {}) == null ? 0 : 1);
  }

  static ByteBuffer memory_beside_the_heap() {
    return ByteBuffer.allocateDirect(1);
  }

  synchronized void locksItself() {}

  int locksInside() {
    synchronized (this) {
      return hashCode();
    }
  }
}
