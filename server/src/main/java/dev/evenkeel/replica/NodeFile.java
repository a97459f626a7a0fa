package dev.evenkeel.replica;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.wal.Expected;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Who the node is that keeps its data in this directory: file `node`, lines of `name=value`.
///
/// ```
/// region=local          the region that it belongs to
/// identity=…            number and incarnation; drawn once, when the directory is new
/// life=…                how often it was started
/// alone=true|false      whether all nodes of the region lived in this one's process
/// begun=true|false      whether log and store were begun: from then on they must be there
/// ```
///
/// The identity vouches for what the log and the store hold: where one of them is gone, so are
/// promises and votes, and the node must not go on under it. A first start writes the file, begins
/// log and store, says so in the file, and only then takes part in anything; one that died before
/// has promised nothing. A version that knew no `begun` left it out: it had begun both.
///
/// @param life of this start, already durable
/// @param waits whether support that a former life gave to others may still stand: not when all of
///   them died with it
/// @param expected what must be there of the log, and, unless that is nothing, of the store
public record NodeFile(String region, long identity, long life, boolean waits, Expected expected) {
  /// Of the file in the data directory.
  public static final String NAME = "node";

  private static final String NEW = "node.new";
  private static final String STORE = "store";
  private static final String BEGUN = "begun";
  private static final int BYTES_MAX = 4_096;
  private static final long INCARNATIONS = 1L << 48;

  /// Reads the file, or makes one for a new directory, and counts this start.
  ///
  /// @param number of the node, as it is told at start
  /// @param alone whether all nodes of the region live in this process
  /// @throws IOException when it is another node's directory, or the file is gone from one that was
  ///   used, or cannot be read or written
  public static NodeFile open(Environment environment, String region, int number, boolean alone)
      throws IOException {
    Disk disk = environment.disk();
    boolean isNew = !disk.exists(NAME);
    if (isNew && (disk.exists(STORE) || !disk.list(LogOptions.DEFAULT.folder()).isEmpty())) {
      throw new IOException(
          "the file "
              + NAME
              + " is missing, though there is a log or a store: put it back, or move the whole data"
              + " directory away");
    }
    Map<String, String> known = isNew ? Map.of() : read(disk);
    long drawn = 1 + environment.entropy().stream("identity").nextLong(INCARNATIONS - 1);
    long identity = isNew ? NodeIdentity.of(number, drawn) : number(known, "identity");
    if (NodeIdentity.node(identity) != number) {
      throw new IOException(
          "this data directory belongs to node "
              + NodeIdentity.node(identity)
              + " and not to node "
              + number);
    }
    if (!isNew && !region.equals(known.get("region"))) {
      throw new IOException(
          "this data directory belongs to region " + known.get("region") + " and not to " + region);
    }
    long life = isNew ? 1 : number(known, "life") + 1;
    boolean wasAlone = isNew || Boolean.parseBoolean(known.get("alone"));
    Expected expected = isNew ? Expected.NOTHING : expected(known.get(BEGUN));
    Map<String, String> next = new LinkedHashMap<>();
    next.put("region", region);
    next.put("identity", Long.toString(identity));
    next.put("life", Long.toString(life));
    next.put("alone", Boolean.toString(alone));
    if (expected != Expected.SEGMENT) {
      next.put(BEGUN, Boolean.toString(expected == Expected.RANGE));
    }
    write(disk, next);
    return new NodeFile(region, identity, life, !wasAlone, expected);
  }

  private static Expected expected(@Nullable String begun) {
    if (begun == null) {
      return Expected.SEGMENT;
    }
    return Boolean.parseBoolean(begun) ? Expected.RANGE : Expected.NOTHING;
  }

  /// Log and store are begun: from now on no start goes on without them. Durable on return; nothing
  /// may be promised before.
  void begun(Environment environment) throws IOException {
    if (expected == Expected.RANGE) {
      return;
    }
    Disk disk = environment.disk();
    // The folders' own names come first.
    disk.syncFolder("");
    Map<String, String> values = read(disk);
    values.put(BEGUN, "true");
    write(disk, values);
  }

  private static Map<String, String> read(Disk disk) throws IOException {
    try (Disk.File file = disk.open(NAME)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
      file.read(0, bytes);
      Map<String, String> values = new LinkedHashMap<>();
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        int at = line.indexOf('=');
        if (at > 0) {
          values.put(line.substring(0, at), line.substring(at + 1));
        }
      }
      return values;
    }
  }

  private static long number(Map<String, String> values, String name) throws IOException {
    try {
      return Long.parseLong(values.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw new IOException("the file " + NAME + " has no number " + name, e);
    }
  }

  private static void write(Disk disk, Map<String, String> values) throws IOException {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    if (disk.exists(NEW)) {
      disk.delete(NEW);
    }
    CompletableFuture<@Nullable IOException> synced = new CompletableFuture<>();
    try (Disk.File file = disk.open(NEW)) {
      file.write(0, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      file.sync(synced::complete);
      IOException failure = synced.join();
      if (failure != null) {
        throw failure;
      }
    }
    disk.rename(NEW, NAME);
    disk.syncFolder("");
  }
}
