package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.rpc.Messenger;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.rpc.PeerListener;
import dev.evenkeel.rpc.Receiver;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages for a replica that has not begun wait until it has: what the log held is durable then,
/// and what is accepted after that is not yet.
class EarlyMessagesTest {
  private static final int GROUPS = 500;
  private static final int TRIES = 500;
  private static final NodeMessage.Protocol CANDIDATE_SPEAKS =
      new NodeMessage.Protocol(1, new Message.Prepare(new Ballot(7, 2), 1, null));

  @TempDir private Path directory;

  private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
  private final Queue<NodeMessage> sent = new ConcurrentLinkedQueue<>();
  private RealEnvironment environment;

  /// Knows one other node.
  private final class OneOther implements Messenger<NodeMessage> {
    private final long self;
    private final Runnable atStart;
    private @Nullable Receiver<NodeMessage> receiver;

    OneOther(long self, Consumer<Receiver<NodeMessage>> atStart) {
      this.self = self;
      this.atStart = () -> atStart.accept(Objects.requireNonNull(receiver));
    }

    @Override
    public long self() {
      return self;
    }

    @Override
    public void receive(Receiver<NodeMessage> newReceiver) {
      receiver = newReceiver;
    }

    @Override
    public void onPeer(PeerListener listener) {}

    @Override
    public void start() {
      atStart.run();
    }

    @Override
    public void send(long node, NodeMessage message) {
      if (message instanceof NodeMessage.Protocol) {
        sent.add(message);
      }
    }

    @Override
    public void call(
        long node,
        NodeMessage request,
        Duration deadline,
        Consumer<CallOutcome<NodeMessage>> done) {
      done.accept(new CallOutcome.Failed<>(CallOutcome.Reason.LOST));
    }

    @Override
    public void giveUp(long node) {}

    @Override
    public SortedSet<Long> connected() {
      return new TreeSet<>(List.of(2L));
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() throws IOException {
    environment = RealEnvironment.open(directory, bugs::add);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private StorageNode node(Consumer<Receiver<NodeMessage>> atStart) throws IOException {
    NodeFile file = NodeFile.open(environment, "local", 1, true);
    return StorageNode.open(
        new StorageNode.Setup(
            environment,
            new Telemetry(),
            RocksItemStore.open(RocksSettings.of(directory.resolve("store"))),
            new OneOther(file.identity(), atStart),
            file,
            new Zones(Map.of(1, "a", 2, "b")),
            LogOptions.DEFAULT,
            StorageOptions.DEFAULT));
  }

  private static NodeMessage.Open request(StorageNode node, long group) {
    Member here = new Member(node.self(), Member.Kind.STORAGE);
    Member there = new Member(2, Member.Kind.STORAGE);
    return new NodeMessage.Open(group, 0, false, Configuration.first(List.of(here, there)));
  }

  @Test
  void aReplicaThatWasHereBeforeBeginsBeforeItIsSpokenTo() throws Exception {
    StorageNode first = node(_ -> {});
    assertThat(first.open(request(first, 1))).isEmpty();
    first.leave();
    first.close();
    sent.clear();
    StorageNode second = node(receiver -> receiver.message(2, CANDIDATE_SPEAKS));
    assertThat(NodeIdentity.node(second.self())).isEqualTo(1);
    for (int i = 0; i < TRIES && sent.isEmpty(); i++) {
      Thread.sleep(10);
    }
    assertThat(bugs).isEmpty();
    assertThat(sent).as("it answers the candidate").isNotEmpty();
    second.leave();
    second.close();
  }

  /// A candidate speaks to each group while it is being made here.
  @Test
  void aNewReplicaBeginsBeforeItIsSpokenTo() throws Exception {
    AtomicLong current = new AtomicLong();
    StorageNode node =
        node(receiver ->
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  Message prepare = new Message.Prepare(new Ballot(7, 2), 1, null);
                  while (current.get() <= GROUPS) {
                    receiver.message(2, new NodeMessage.Protocol(current.get(), prepare));
                  }
                }));
    while (current.incrementAndGet() <= GROUPS) {
      assertThat(node.open(request(node, current.get()))).isEmpty();
    }
    assertThat(bugs).isEmpty();
    node.leave();
    node.close();
  }
}
