package dev.evenkeel.rpc;

import static dev.evenkeel.rpc.TestNode.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.rpc.CallOutcome.Reason;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Several nodes in one process, each with an environment of its own.
class LocalMessengerTest extends MessengerContract {
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);

  @Override
  MessengerWorld open() {
    return new LocalWorld();
  }

  private static final class LocalWorld implements MessengerWorld {
    private final LocalExchange<Note> exchange = new LocalExchange<>();
    private final RealTime time = new RealTime();
    private final List<RealEnvironment> environments = new ArrayList<>();
    private final List<Messenger<Note>> messengers = new ArrayList<>();
    private final AtomicReference<Throwable> bug = new AtomicReference<>();

    @Override
    public Messenger<Note> messenger(long identity, RpcLimits limits) {
      RealEnvironment environment = RealEnvironment.inMemory(1 << 20, bug::set);
      environments.add(environment);
      Messenger<Note> messenger =
          new LocalMessenger<>(exchange, environment, new Telemetry(), limits, identity);
      messengers.add(messenger);
      return messenger;
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

  @Test
  void anIdentityIsOpenOnce() {
    try (LocalWorld world = new LocalWorld()) {
      Messenger<Note> first = world.messenger(ONE, RpcLimits.DEFAULT);
      Messenger<Note> second = world.messenger(ONE, RpcLimits.DEFAULT);
      first.receive(new Silent());
      second.receive(new Silent());
      assertThatThrownBy(
              () -> {
                first.start();
                second.start();
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1-000000000001");
    }
  }

  @Test
  void aFullInboxDropsMessagesAndTurnsCallsAway() throws Exception {
    try (LocalWorld world = new LocalWorld()) {
      TestNode one = TestNode.start(world, ONE);
      Stuck stuck = new Stuck();
      Messenger<Note> two = world.messenger(TWO, new RpcLimits(10, 1, 3));
      two.receive(stuck);
      two.start();
      world.await(() -> one.messenger.connected().contains(TWO));
      Thread busy = Thread.ofPlatform().start(() -> one.messenger.send(TWO, Note.of(0)));
      stuck.entered.await();
      for (int i = 1; i <= 5; i++) {
        one.messenger.send(TWO, Note.of(i));
      }
      assertThat(one.call(TWO, Note.of(6), TestNode.LONG).await())
          .isEqualTo(failed(Reason.OVERLOADED));
      stuck.leave.countDown();
      busy.join();
      world.await(() -> stuck.numbers.size() == 4);
      assertThat(stuck.numbers).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  private static final class Silent implements Receiver<Note> {
    @Override
    public void message(long from, Note message) {}

    @Override
    public void request(long from, Note request, Consumer<Note> answer) {}
  }

  /// Stays with its first message until it is told to go on.
  private static final class Stuck implements Receiver<Note> {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<Long> numbers = new CopyOnWriteArrayList<>();

    @Override
    public void message(long from, Note message) {
      numbers.add(message.number());
      entered.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void request(long from, Note request, Consumer<Note> answer) {}
  }
}
