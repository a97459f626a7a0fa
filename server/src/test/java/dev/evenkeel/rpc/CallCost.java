package dev.evenkeel.rpc;

import com.sun.management.OperatingSystemMXBean;
import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.CallOutcome.Failed;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Measures what a call costs over this machine's loopback interface: processor time of both sides
/// together, with so many calls in flight, each answered with as many bytes as were sent. A
/// program, not a test.
///
/// Arguments: calls in flight, payload bytes, rounds of three seconds.
final class CallCost {
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);
  private static final long WARM_UP_MILLIS = 10_000;
  private static final long ROUND_MILLIS = 3_000;

  private CallCost() {}

  public static void main(String[] arguments) throws Exception {
    int inFlight = Integer.parseInt(arguments[0]);
    int bytes = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    try (RealWorld world = new RealWorld(node -> null)) {
      Messenger<Note> one = start(world, ONE);
      start(world, TWO);
      world.await(() -> one.connected().contains(TWO));
      Caller caller = new Caller(one, bytes);
      for (int i = 0; i < inFlight; i++) {
        caller.call();
      }
      Thread.sleep(WARM_UP_MILLIS);
      for (int round = 0; round < rounds; round++) {
        measure(caller);
      }
      caller.stopped = true;
    }
  }

  private static Messenger<Note> start(RealWorld world, long identity) throws Exception {
    Messenger<Note> messenger = world.messenger(identity, RpcLimits.DEFAULT);
    messenger.receive(new Echo());
    messenger.start();
    world.started(messenger);
    return messenger;
  }

  private static void measure(Caller caller) throws InterruptedException {
    long calls = caller.answered.get();
    long cpu = cpuNanos();
    long nanos = System.nanoTime();
    Thread.sleep(ROUND_MILLIS);
    calls = caller.answered.get() - calls;
    cpu = cpuNanos() - cpu;
    nanos = System.nanoTime() - nanos;
    System.out.printf(
        "%.2f us CPU a call, %,d calls/s%n", cpu / 1e3 / calls, calls * 1_000_000_000 / nanos);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static final class Echo implements Receiver<Note> {
    @Override
    public void message(long from, Note message) {}

    @Override
    public void request(long from, Note request, Consumer<Note> answer) {
      answer.accept(request);
    }
  }

  /// Calls again as soon as it has an answer.
  private static final class Caller implements Consumer<CallOutcome<Note>> {
    private final Messenger<Note> messenger;
    private final Note request;
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean stopped;

    Caller(Messenger<Note> messenger, int bytes) {
      this.messenger = messenger;
      this.request = new Note(1, bytes);
    }

    void call() {
      messenger.call(TWO, request, TestNode.LONG, this);
    }

    @Override
    public void accept(CallOutcome<Note> outcome) {
      switch (outcome) {
        case Answered<Note> _ -> {
          answered.incrementAndGet();
          if (!stopped) {
            call();
          }
        }
        case Failed<Note>(CallOutcome.Reason reason) -> {
          if (!stopped) {
            throw new AssertionError(reason);
          }
        }
      }
    }
  }
}
