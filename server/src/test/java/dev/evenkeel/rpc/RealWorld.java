package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.runtime.NetworkOptions;
import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Nodes 1 to 3 on sockets of this machine's loopback interface.
final class RealWorld implements MessengerWorld {
  private static final int NODES = 3;

  final Telemetry telemetry = new Telemetry();
  private final Map<Integer, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  private final IntFunction<@Nullable TlsFiles> certificates;
  private final RealTime time = new RealTime();
  private final List<RealEnvironment> environments = new ArrayList<>();
  private final List<Messenger<Note>> messengers = new ArrayList<>();
  private final AtomicReference<Throwable> bug = new AtomicReference<>();
  private long life;

  /// How often somebody asked for an address.
  final AtomicInteger attempts = new AtomicInteger();

  /// @param certificates of each node; null: plain
  RealWorld(IntFunction<@Nullable TlsFiles> certificates) {
    this.certificates = certificates;
  }

  @Override
  public NetworkMessenger<Note> messenger(long identity, RpcLimits limits) {
    int node = NodeIdentity.node(identity);
    InetSocketAddress bind = addresses.computeIfAbsent(node, number -> freeAddress());
    RealEnvironment environment = environment(node, bind);
    environments.add(environment);
    life++;
    NetworkMessenger<Note> messenger =
        new NetworkMessenger<>(
            environment,
            telemetry,
            new Note.Codec(),
            limits,
            Hello.of("here", identity, life, life));
    messengers.add(messenger);
    return messenger;
  }

  private RealEnvironment environment(int node, InetSocketAddress bind) {
    try {
      NetworkOptions options =
          new NetworkOptions(
              bind, this::address, certificates.apply(node), NetworkOptions.QUEUE_BYTES_MAX);
      return RealEnvironment.inMemory(1 << 20, options, bug::set);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable InetSocketAddress address(int node) {
    attempts.incrementAndGet();
    changed();
    return addresses.get(node);
  }

  private static InetSocketAddress freeAddress() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void started(Messenger<Note> messenger) {
    SimulatedWorld.connect(messenger, NODES);
  }

  @Override
  public void changed() {
    time.changed();
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    time.await(condition);
  }

  @Override
  public void close() {
    messengers.forEach(Messenger::close);
    environments.forEach(RealEnvironment::close);
    assertThat(bug.get()).isNull();
  }
}
