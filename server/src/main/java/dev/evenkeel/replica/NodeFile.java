package dev.evenkeel.replica;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.rpc.NodeIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
/// ```
///
/// @param life of this start, already durable
/// @param waits whether support that a former life gave to others may still stand: not when all of
///   them died with it
public record NodeFile(String region, long identity, long life, boolean waits) {
  private static final String NAME = "node";
  private static final String NEW = "node.new";
  private static final int BYTES_MAX = 4_096;
  private static final long INCARNATIONS = 1L << 48;

  /// Reads the file, or makes one for a new directory, and counts this start.
  ///
  /// @param number of the node, as it is told at start
  /// @param alone whether all nodes of the region live in this process
  /// @throws IOException when it is another node's directory, or cannot be read or written
  public static NodeFile open(Environment environment, String region, int number, boolean alone)
      throws IOException {
    Disk disk = environment.disk();
    Map<String, String> known = disk.exists(NAME) ? read(disk) : Map.of();
    long drawn = 1 + environment.entropy().stream("identity").nextLong(INCARNATIONS - 1);
    long identity = known.isEmpty() ? NodeIdentity.of(number, drawn) : number(known, "identity");
    if (NodeIdentity.node(identity) != number) {
      throw new IOException(
          "this data directory belongs to node "
              + NodeIdentity.node(identity)
              + " and not to node "
              + number);
    }
    if (!known.isEmpty() && !region.equals(known.get("region"))) {
      throw new IOException(
          "this data directory belongs to region " + known.get("region") + " and not to " + region);
    }
    long life = known.isEmpty() ? 1 : number(known, "life") + 1;
    boolean wasAlone = known.isEmpty() || Boolean.parseBoolean(known.get("alone"));
    write(
        disk,
        "region="
            + region
            + "\nidentity="
            + identity
            + "\nlife="
            + life
            + "\nalone="
            + alone
            + "\n");
    return new NodeFile(region, identity, life, !wasAlone);
  }

  private static Map<String, String> read(Disk disk) throws IOException {
    try (Disk.File file = disk.open(NAME)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
      file.read(0, bytes);
      Map<String, String> values = new HashMap<>();
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

  private static void write(Disk disk, String text) throws IOException {
    if (disk.exists(NEW)) {
      disk.delete(NEW);
    }
    CompletableFuture<@Nullable IOException> synced = new CompletableFuture<>();
    try (Disk.File file = disk.open(NEW)) {
      file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
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
