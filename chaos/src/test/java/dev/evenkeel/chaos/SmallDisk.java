package dev.evenkeel.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// A file system of a few hundred megabytes, part of it taken by ballast that can be dropped.
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTE = 1 << 20;

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /// Mounts one at that folder; skips the test where this process must not mount.
  static SmallDisk mount(Path folder, int megabytes, int ballastMegabytes) throws IOException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    SmallDisk disk = new SmallDisk(folder);
    disk.fillBallast(ballastMegabytes);
    return disk;
  }

  private static void run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new TestAbortedException("a small file system is needed, and mount is missing", e);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new TestAbortedException(
          "a small file system is needed, and this process may not mount one: " + said.strip());
    }
  }

  private void fillBallast(int megabytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw")) {
      byte[] block = new byte[MEGABYTE];
      for (int i = 0; i < megabytes; i++) {
        file.write(block);
      }
    }
  }

  private Path ballast() {
    return root.resolve("ballast");
  }

  Path root() {
    return root;
  }

  /// Makes space.
  void dropBallast() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    run("umount", root.toString());
  }
}
