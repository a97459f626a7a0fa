package dev.evenkeel.auth;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The access keys of a server, kept in files that a running server and the command line share.
public final class AccessKeys {
  private static final System.Logger LOG = System.getLogger(AccessKeys.class.getName());
  private static final Pattern ID = Pattern.compile("\\w{4,128}");
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{16,128}");
  private static final String ID_PREFIX = "AKIA";
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_CHARS = 20;
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int SECRET_CHARS = 40;

  private final KeyFiles files;
  private final Clock clock;
  private final SecureRandom random;
  private final ReentrantLock lock = new ReentrantLock();

  /// What the file held when it was last read, by id, in its order. Never changed in place.
  private volatile Map<String, AccessKey> keys = Map.of();

  /// Of the file when it was last read; guarded by `lock`.
  private @Nullable Object version;

  private AccessKeys(KeyFiles files, Clock clock, SecureRandom random) {
    this.files = files;
    this.clock = clock;
    this.random = random;
  }

  /// Reads the keys in `folder`. A folder that does not exist holds none, and is created by the
  /// first [#add()].
  ///
  /// @throws IOException with a text for the operator when the files cannot be used
  public static AccessKeys open(Path folder, Clock clock) throws IOException {
    SecureRandom random = new SecureRandom();
    AccessKeys keys = new AccessKeys(new KeyFiles(folder, random), clock, random);
    keys.refresh();
    return keys;
  }

  /// Adds a key with a new id (`AKIA` and 16 characters) and a new secret of 40 characters.
  public AccessKey add() throws IOException {
    String id = ID_PREFIX + random(ID_ALPHABET, ID_CHARS - ID_PREFIX.length());
    return add(id, random(SECRET_ALPHABET, SECRET_CHARS));
  }

  /// Adds a key that the caller chose.
  ///
  /// @param id 4 to 128 letters, digits and underscores
  /// @param secret 16 to 128 visible ASCII characters
  /// @throws IllegalArgumentException with a text for the operator when either has another form or
  ///   the id exists
  public AccessKey add(String id, String secret) throws IOException {
    require(ID.matcher(id).matches(), "an access key id has 4 to 128 letters, digits or _");
    require(SECRET.matcher(secret).matches(), "a secret has 16 to 128 visible ASCII characters");
    Instant now = Instant.ofEpochSecond(Math.floorDiv(clock.wallMillis(), 1_000L));
    AccessKey key = new AccessKey(id, secret, now);
    change(all -> {
      require(all.putIfAbsent(id, key) == null, "there is an access key " + id + " already");
      return true;
    });
    return key;
  }

  /// All keys in the order in which they were added.
  public List<AccessKey> list() {
    return new ArrayList<>(keys.values());
  }

  /// Removes a key; false when there is none of that id.
  public boolean remove(String id) throws IOException {
    return change(all -> all.remove(id) != null);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// The key of that id, or null.
  public @Nullable AccessKey find(String id) {
    return keys.get(id);
  }

  /// Reads the file again when it was replaced since; true when it was. Blocks on the disk.
  ///
  /// @throws IOException when the files cannot be used; the keys stay as they were
  public boolean refresh() throws IOException {
    lock.lock();
    try {
      Object current = files.version();
      if (Objects.equals(current, version)) {
        return false;
      }
      Map<String, AccessKey> read = new LinkedHashMap<>();
      for (AccessKey key : files.read()) {
        read.put(key.id(), key);
      }
      keys = read;
      version = current;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Refreshes now and then, on a virtual thread, until the environment shuts down.
  public void watch(Tasks tasks, Duration every) {
    tasks.fork(
        "access-keys",
        () -> {
          while (paused(tasks, every)) {
            refreshOrLog();
          }
        });
  }

  /// False when the environment shuts down.
  private static boolean paused(Tasks tasks, Duration time) {
    try {
      tasks.pause(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void refreshOrLog() {
    try {
      if (refresh()) {
        LOG.log(System.Logger.Level.INFO, "access keys changed, there are now {0}", keys.size());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "access keys stay as they were", e);
    }
  }

  private boolean change(KeyChange change) throws IOException {
    boolean[] changed = new boolean[1];
    lock.lock();
    try {
      files.exclusively(() -> {
        refresh();
        Map<String, AccessKey> all = new LinkedHashMap<>(keys);
        changed[0] = change.apply(all);
        if (changed[0]) {
          files.write(all.values());
          refresh();
        }
      });
    } finally {
      lock.unlock();
    }
    return changed[0];
  }

  /// Changes the keys; false when there was nothing to change.
  private interface KeyChange {
    boolean apply(Map<String, AccessKey> keys);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private String random(String alphabet, int chars) {
    StringBuilder text = new StringBuilder(chars);
    for (int at = 0; at < chars; at++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
