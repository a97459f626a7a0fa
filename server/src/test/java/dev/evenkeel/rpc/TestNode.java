package dev.evenkeel.rpc;

import dev.evenkeel.rpc.CallOutcome.Failed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A node that keeps what comes and answers as the test says.
final class TestNode implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);

  final Messenger<Note> messenger;
  final Queue<Note> received = new ConcurrentLinkedQueue<>();

  /// Connections and first messages, as they were told.
  final List<String> news = new CopyOnWriteArrayList<>();

  final List<Refusal> refusals = new CopyOnWriteArrayList<>();

  /// Answers that are held back.
  final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

  volatile boolean holds;
  private final MessengerWorld world;

  private TestNode(MessengerWorld world, Messenger<Note> messenger) {
    this.world = world;
    this.messenger = messenger;
  }

  static TestNode start(MessengerWorld world, long identity) throws IOException {
    return start(world, identity, RpcLimits.DEFAULT);
  }

  static TestNode start(MessengerWorld world, long identity, RpcLimits limits) throws IOException {
    return start(world, world.messenger(identity, limits));
  }

  static TestNode start(MessengerWorld world, Messenger<Note> messenger) throws IOException {
    TestNode node = new TestNode(world, messenger);
    messenger.receive(node.new Reception());
    messenger.onPeer(node.new Watch());
    messenger.start();
    world.started(messenger);
    return node;
  }

  /// An answer is the request's number and one.
  private final class Reception implements Receiver<Note> {
    @Override
    public void message(long from, Note message) {
      if (received.isEmpty()) {
        news.add("hears " + NodeIdentity.node(from));
      }
      received.add(message);
      world.changed();
    }

    @Override
    public void request(long from, Note request, Consumer<Note> answer) {
      received.add(request);
      Runnable give = () -> answer.accept(new Note(request.number() + 1, request.padding()));
      if (holds) {
        held.add(give);
      } else {
        give.run();
      }
      world.changed();
    }
  }

  private final class Watch implements PeerListener {
    @Override
    public void connected(long identity) {
      news.add("+" + NodeIdentity.node(identity));
      world.changed();
    }

    @Override
    public void disconnected(long identity) {
      news.add("-" + NodeIdentity.node(identity));
      world.changed();
    }

    @Override
    public void refused(Refusal refusal) {
      refusals.add(refusal);
      world.changed();
    }
  }

  long id() {
    return messenger.self();
  }

  void awaitPeers(TestNode... others) throws InterruptedException {
    for (TestNode other : others) {
      world.await(() -> messenger.connected().contains(other.id()));
    }
  }

  void send(TestNode to, long number) {
    messenger.send(to.id(), Note.of(number));
  }

  Outcomes call(TestNode to, Note request) {
    return call(to.id(), request, LONG);
  }

  Outcomes call(long to, Note request, Duration deadline) {
    Outcomes outcomes = new Outcomes();
    messenger.call(to, request, deadline, outcomes);
    return outcomes;
  }

  /// All outcomes of one call; there must be one.
  final class Outcomes implements Consumer<CallOutcome<Note>> {
    private final List<CallOutcome<Note>> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(CallOutcome<Note> outcome) {
      all.add(outcome);
      world.changed();
    }

    boolean isEmpty() {
      return all.isEmpty();
    }

    CallOutcome<Note> first() {
      return all.getFirst();
    }

    int count() {
      return all.size();
    }

    CallOutcome<Note> await() throws InterruptedException {
      world.await(() -> !all.isEmpty());
      return all.getFirst();
    }
  }

  static CallOutcome<Note> failed(CallOutcome.Reason reason) {
    return new Failed<>(reason);
  }

  List<Long> numbers() {
    return received.stream().map(Note::number).toList();
  }

  @Override
  public void close() {
    messenger.close();
  }
}
