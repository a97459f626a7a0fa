package dev.evenkeel.node;

import dev.evenkeel.cli.Refusal;
import dev.evenkeel.runtime.DurableFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory that this process alone may write to, until it is closed.
final class DataDirectory implements AutoCloseable {
  /// Name of the file that makes a directory ours.
  static final String MARKER = "evenkeel.format";

  static final String LOCK = "lock";

  /// Name of the folder with the access keys, which may be there before the first start.
  static final String KEYS = "keys";

  private static final String MARKER_NEW = MARKER + ".new";

  private static final String FORMAT = "evenkeel data directory, format ";
  private static final int VERSION = 1;

  /// What an unused directory may hold: access keys, the traces of a start that went no further
  /// than its lock, and what file systems and desktops put into an empty one.
  private static final Set<String> UNUSED =
      Set.of(LOCK, MARKER_NEW, KEYS, "lost+found", ".DS_Store");

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Takes possession of a directory, creating it where it is missing.
  ///
  /// @throws Refusal when it is foreign, in use, of another format, or cannot be written to
  static DataDirectory open(Path given) throws Refusal {
    Path path = requireOurs(given);
    try {
      FileChannel lockFile = lock(path);
      try {
        checkFormat(path);
      } catch (IOException | Refusal e) {
        lockFile.close();
        throw e;
      }
      return new DataDirectory(path, lockFile);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /// Creates the directory where it is missing, durably, and takes no possession of it.
  ///
  /// @return the same as an absolute path
  /// @throws Refusal when it is foreign or cannot be created
  static Path requireOurs(Path given) throws Refusal {
    Path path = given.toAbsolutePath().normalize();
    try {
      DurableFolders.create(path);
      refuseForeign(path);
      return path;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static void refuseForeign(Path path) throws IOException, Refusal {
    if (Files.exists(path.resolve(MARKER))) {
      return;
    }
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(path)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    names.removeAll(UNUSED);
    if (!names.isEmpty()) {
      throw Refusal.because(
          path
              + " is not empty and not a data directory of Evenkeel (no file "
              + MARKER
              + "); choose another with --data-dir");
    }
  }

  private static FileChannel lock(Path path) throws IOException, Refusal {
    FileChannel file =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(file) == null) {
      String holder = holder(file);
      file.close();
      throw Refusal.because("data directory " + path + " is in use by another process" + holder);
    }
    file.truncate(0);
    file.write(bytes(Long.toString(ProcessHandle.current().pid())), 0);
    return file;
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already.
      return null;
    }
  }

  private static String holder(FileChannel file) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    file.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "" : " (" + pid + ")";
  }

  private static void checkFormat(Path path) throws IOException, Refusal {
    Path marker = path.resolve(MARKER);
    if (!Files.exists(marker)) {
      writeMarker(path, marker);
    }
    // Also one that a process made which died just then.
    DurableFolders.sync(path);
    String text = Files.readString(marker, StandardCharsets.UTF_8).strip();
    if (!text.equals(FORMAT + VERSION)) {
      throw Refusal.because(
          "data directory "
              + path
              + " says '"
              + text
              + "'; this version of Evenkeel reads format "
              + VERSION
              + " only");
    }
  }

  private static void writeMarker(Path path, Path marker) throws IOException {
    Path fresh = path.resolve(MARKER_NEW);
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(bytes(FORMAT + VERSION + "\n"));
      file.force(true);
    }
    Files.move(fresh, marker, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Refusal unusable(Path path, IOException failure) {
    return Refusal.because("cannot use data directory " + path + ": " + reason(failure));
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileAlreadyExistsException e) {
      return e.getFile() + " is not a directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "it cannot be created";
    }
    if (failure instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    return String.valueOf(failure.getMessage());
  }
}
