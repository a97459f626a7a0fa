package dev.evenkeel.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Does to files what its arguments say, each an operation, and ends as a killed process does.
///
/// ```
/// write PATH POSITION TEXT    cut PATH SIZE    sync PATH    map PATH
/// make PATH    rename PATH PATH    delete PATH    sync-folder PATH
/// ```
final class DiskProgram {
  private DiskProgram() {}

  public static void main(String[] operations) throws IOException {
    for (String operation : operations) {
      run(operation.split(" ", -1));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(String[] words) throws IOException {
    Path path = Path.of(words[1]);
    switch (words[0]) {
      case "write" -> write(path, Long.parseLong(words[2]), words[3]);
      case "cut" -> {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
          file.truncate(Long.parseLong(words[2]));
        }
      }
      case "sync" -> sync(path, StandardOpenOption.WRITE);
      case "sync-folder" -> sync(path, StandardOpenOption.READ);
      case "map" -> {
        try (FileChannel file =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          file.map(FileChannel.MapMode.READ_WRITE, 0, file.size()).put(0, (byte) 'm');
        }
      }
      case "make" -> Files.createDirectory(path);
      case "rename" -> Files.move(path, Path.of(words[2]), StandardCopyOption.ATOMIC_MOVE);
      case "delete" -> Files.delete(path);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void write(Path path, long position, String text) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel file = FileChannel.open(path, option)) {
      file.force(false);
    }
  }
}
