package dev.evenkeel.chaos;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A network namespace of Linux: a network stack of its own, with its own loopback interface. A
/// socket belongs for ever to the namespace of the thread that made it, so one made by a thread
/// within can be used by all.
///
/// @param name as `ip netns` knows it
/// @param host its address towards others
record NetworkNamespace(String name, String host) implements Place {
  private static final int READ_ONLY = 0;

  /// `CLONE_NEWNET` of `sched.h`.
  private static final int NETWORK = 0x40000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      function(
          "setns",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  @Override
  public List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  @Override
  public Socket socket() throws IOException {
    CompletableFuture<Socket> made = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            enter();
            made.complete(SocketChannel.open(StandardProtocolFamily.INET).socket());
          } catch (Throwable e) {
            made.completeExceptionally(e);
          }
        });
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw new IOException("no socket in the namespace " + name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Takes the calling thread there, for the rest of its life.
  private void enter() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/var/run/netns/" + name);
      int file = (int) OPEN.invokeExact(path, READ_ONLY);
      if (file < 0) {
        throw new IOException("cannot open the namespace");
      }
      int result = (int) SETNS.invokeExact(file, NETWORK);
      int _ = (int) CLOSE.invokeExact(file);
      if (result != 0) {
        throw new IOException("cannot enter the namespace");
      }
    }
  }
}
