package dev.evenkeel.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of [AccessKeys]. Every method may block on the disk.
final class KeyFiles {
  private static final Set<OpenOption> CREATE_NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;
  private final Path keys;
  private final Path master;
  private final SecureRandom random;

  KeyFiles(Path folder, SecureRandom random) {
    this.folder = folder;
    this.keys = folder.resolve("access-keys.json");
    this.master = folder.resolve("master.key");
    this.random = random;
  }

  /// Something that is another whenever the file was replaced; null when there is no file.
  @Nullable Object version() throws IOException {
    try {
      BasicFileAttributes file = Files.readAttributes(keys, BasicFileAttributes.class);
      return List.of(file.lastModifiedTime(), file.size(), String.valueOf(file.fileKey()));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Empty when there is no file.
  ///
  /// @throws IOException with a text for the operator when a file is broken
  List<AccessKey> read() throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(keys);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    if (!Files.exists(master)) {
      throw new IOException(
          master + " is missing; without it the secrets in " + keys + " cannot be read");
    }
    try {
      return KeyFileFormat.parse(content, new SecretBox(masterKey(), random));
    } catch (IOException e) {
      throw new IOException(keys + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Replaces the file atomically and durably.
  void write(Collection<AccessKey> all) throws IOException {
    createMasterKey();
    byte[] content = KeyFileFormat.format(all, new SecretBox(masterKey(), random));
    Path fresh = folder.resolve("access-keys.json.new");
    Files.deleteIfExists(fresh);
    writeNew(fresh, content);
    Files.move(fresh, keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  /// Runs `change` while no other process changes these files.
  void exclusively(Change change) throws IOException {
    createFolder();
    Path lockFile = folder.resolve("access-keys.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("lost the lock on " + lockFile);
      }
      change.run();
    }
  }

  /// A change of the files.
  interface Change {
    void run() throws IOException;
  }

  private void createFolder() throws IOException {
    Path above = Objects.requireNonNull(folder.toAbsolutePath().getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(above);
      Files.createDirectory(folder, permissions("rwx------"));
    }
    sync(above);
  }

  private void createMasterKey() throws IOException {
    byte[] key = new byte[SecretBox.KEY_BYTES];
    random.nextBytes(key);
    try {
      writeNew(master, Base64.getEncoder().encode(key));
      sync(folder);
    } catch (FileAlreadyExistsException e) {
      // The one that exists is the one to use.
      return;
    }
  }

  private byte[] masterKey() throws IOException {
    String text = Files.readString(master, StandardCharsets.US_ASCII).strip();
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(master + " is not base64", e);
    }
    if (key.length != SecretBox.KEY_BYTES) {
      throw new IOException(master + " does not hold " + SecretBox.KEY_BYTES + " bytes");
    }
    return key;
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, permissions("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
