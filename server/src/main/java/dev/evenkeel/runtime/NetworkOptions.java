package dev.evenkeel.runtime;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// How this node reaches the others.
///
/// @param bind where it listens
/// @param directory where the node of that number listens, or null when nobody knows; asked at each
///   attempt to connect, on any thread, so that a node may move; must not block
/// @param tls null: plain
/// @param queueBytesMax frames that wait for one connection; what comes above is dropped
public record NetworkOptions(
    InetSocketAddress bind,
    IntFunction<@Nullable InetSocketAddress> directory,
    @Nullable TlsFiles tls,
    long queueBytesMax) {
  /// Frames that wait for one connection, in bytes, unless told otherwise.
  public static final long QUEUE_BYTES_MAX = 16L << 20;

  /// Files in PEM form for TLS in both directions: each side demands that the other's certificate
  /// is issued by the authority and names its node, `node-3` or `node-3.` with any domain behind,
  /// among the alternative names of type DNS.
  ///
  /// @param certificate of this node, with the chain behind it
  /// @param key of the certificate, PKCS #8, not encrypted
  /// @param authority that issues the certificates of the region's nodes
  public record TlsFiles(Path certificate, Path key, Path authority) {}
}
