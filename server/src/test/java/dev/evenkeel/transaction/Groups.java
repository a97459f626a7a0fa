package dev.evenkeel.transaction;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.OnePartition;
import dev.evenkeel.replica.PageOutcome;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.TogetherOutcome;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.TransactionId;
import dev.evenkeel.replica.Unsettled;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Replicas;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Two tables and the ledger, on one node; every request of a transaction passes through here, is
/// noted, and may be made to fail. Where the code waits for a time, that time has passed at once.
final class Groups implements Replicas, AfterEachCallback {
  static final TableSchema A = OnePartition.TABLE;
  static final TableSchema B = table(A.id() + 1);
  private static final long NODE = 1;
  private static final Expressions EXPRESSIONS = new Expressions();

  private final OnePartition node = openNode();
  private final Map<Long, StorageReplica> replicas =
      Map.of(
          A.id(),
          node.replica(),
          B.id(),
          node.open(B.id()),
          ReservedGroups.LEDGER,
          node.open(ReservedGroups.LEDGER));
  private final AtomicLong passedNanos = new AtomicLong();
  private final AtomicLong jumpedMicros = new AtomicLong();
  private final List<Request> asked = new CopyOnWriteArrayList<>();
  private final List<Failing> failing = new CopyOnWriteArrayList<>();
  private final List<Before> befores = new CopyOnWriteArrayList<>();
  private final List<Awaited> awaited = new CopyOnWriteArrayList<>();
  private volatile Predicate<Request> holding = _ -> false;
  private final Deque<Runnable> held = new ConcurrentLinkedDeque<>();
  private final List<Runnable> loops = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> threads = new ConcurrentHashMap<>();
  private volatile LongPredicate exists = _ -> true;

  final Environment environment = new Hurried();
  final RequestRouter router = new RequestRouter(environment, this);
  final Partitions partitions = new Partitions(router);
  final Ledger ledger = new Ledger(partitions, router, environment.clock());
  final Bookkeeping books = new Bookkeeping(environment.tasks(), partitions, ledger);
  private final Probes probes = new Telemetry().probes();
  final Settlement settlement =
      new Settlement(partitions, ledger, books, probes, group -> exists.test(group));
  final Coordinator coordinator =
      new Coordinator(environment, partitions, ledger, settlement, books, probes);

  /// What becomes of a request that is made to fail.
  enum Fate {
    /// It is carried out, and nobody hears of it.
    ANSWER_LOST,
    /// It is not carried out, which nobody knows.
    REQUEST_LOST,
    /// It is not carried out, and the answer says so.
    UNAVAILABLE
  }

  private record Failing(Predicate<Request> which, Fate fate) {}

  private record Before(Predicate<Request> which, Runnable action) {}

  private record Awaited(Predicate<Request> which, CompletableFuture<Request> answered) {}

  /// The node's environment, but for its time.
  private final class Hurried implements Environment, Clock {
    private final Tasks tasks = new HurriedTasks();

    @Override
    public Clock clock() {
      return this;
    }

    @Override
    public Tasks tasks() {
      return tasks;
    }

    @Override
    public Disk disk() {
      return node.environment().disk();
    }

    @Override
    public Entropy entropy() {
      return node.environment().entropy();
    }

    @Override
    public Network network() {
      return node.environment().network();
    }

    @Override
    public long monotonicNanos() {
      return node.environment().clock().monotonicNanos() + passedNanos.get();
    }

    @Override
    public long wallMicros() {
      long passed = TimeUnit.NANOSECONDS.toMicros(passedNanos.get());
      return node.environment().clock().wallMicros() + passed + jumpedMicros.get();
    }
  }

  private final class HurriedTasks implements Tasks {
    private Tasks real() {
      return node.environment().tasks();
    }

    @Override
    public Executor serial(String name) {
      return real().serial(name);
    }

    @Override
    public Executor dedicated(String name) {
      return real().dedicated(name);
    }

    @Override
    public Executor reads() {
      return real().reads();
    }

    @Override
    public void fork(String name, Runnable body) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      threads.put(name, ended);
      real()
          .fork(
              name,
              () -> {
                try {
                  body.run();
                } finally {
                  ended.complete(null);
                }
              });
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      pass(time);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.yield();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return real().after(delay, task);
    }
  }

  private static OnePartition openNode() {
    try {
      return new OnePartition();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TableSchema table(long id) {
    return new TableSchema(
        id,
        "table-" + id,
        new KeySchema(new KeySchema.KeyAttribute("pk", AttributeValue.Type.S), null),
        List.of());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    loops.forEach(Runnable::run);
    awaitLoops();
    node.close();
  }

  // Time.

  void pass(Duration time) {
    passedNanos.addAndGet(time.toNanos());
  }

  /// Sets the wall clock, forwards or backwards.
  void jump(Duration by) {
    jumpedMicros.addAndGet(TimeUnit.NANOSECONDS.toMicros(by.toNanos()));
  }

  // Requests on their way.

  /// Every request so far, in the order in which they were sent.
  List<Request> asked() {
    return asked;
  }

  void fail(Predicate<Request> which, Fate fate) {
    failing.add(new Failing(which, fate));
  }

  /// Does that once, before the next such request is sent.
  void before(Predicate<Request> which, Runnable action) {
    befores.add(new Before(which, action));
  }

  void mend() {
    failing.clear();
  }

  /// From now on such requests wait on their way for [#release].
  void hold(Predicate<Request> which) {
    holding = which;
  }

  /// Lets go on what is held, in the order in which it was sent.
  void release() {
    for (Runnable each = held.poll(); each != null; each = held.poll()) {
      each.run();
    }
  }

  /// Says that there is no table of that group any more.
  void drop(long group) {
    exists = other -> other != group;
  }

  /// Completes with the next such request that is answered.
  CompletableFuture<Request> answered(Predicate<Request> which) {
    CompletableFuture<Request> answered = new CompletableFuture<>();
    awaited.add(new Awaited(which, answered));
    return answered.orTimeout(30, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable StorageReplica leaderHere(long group) {
    return null;
  }

  @Override
  public List<Long> nodes(long group, boolean consistent) {
    return List.of(NODE);
  }

  @Override
  public @Nullable StorageReplica here(long to, long group) {
    return null;
  }

  @Override
  public void ask(
      long to, NodeMessage message, Duration deadline, Consumer<CallOutcome<NodeMessage>> done) {
    if (!(message instanceof NodeMessage.Ask(var request))) {
      throw new AssertionError("only requests are sent: " + message);
    }
    for (Before before : List.copyOf(befores)) {
      if (before.which.test(request) && befores.remove(before)) {
        before.action.run();
      }
    }
    asked.add(request);
    Fate fate =
        failing.stream()
            .filter(each -> each.which.test(request))
            .map(Failing::fate)
            .findFirst()
            .orElse(null);
    if (fate == Fate.REQUEST_LOST) {
      done.accept(new CallOutcome.Failed<>(CallOutcome.Reason.TIMED_OUT));
    } else if (fate == Fate.UNAVAILABLE) {
      done.accept(new CallOutcome.Answered<>(unavailable(request)));
    } else if (holding.test(request)) {
      held.add(() -> carryOut(request, true, done));
    } else {
      carryOut(request, fate == null, done);
    }
  }

  private void carryOut(Request request, boolean answers, Consumer<CallOutcome<NodeMessage>> done) {
    carryOut(
        request,
        answer -> {
          // Not who begins to wait when the asker has heard.
          List<Awaited> waiting = List.copyOf(awaited);
          done.accept(
              answers
                  ? new CallOutcome.Answered<>(answer)
                  : new CallOutcome.Failed<>(CallOutcome.Reason.TIMED_OUT));
          waiting.stream()
              .filter(each -> each.which.test(request))
              .forEach(each -> each.answered.complete(request));
        });
  }

  private static NodeMessage unavailable(Request request) {
    String reason = "made to fail";
    return switch (request) {
      case Request.Change _ -> new NodeMessage.Answer.OfWrite(new WriteOutcome.Unavailable(reason));
      case Request.Read _ -> new NodeMessage.Answer.OfRead(new ReadOutcome.Failed(reason));
      case Request.ReadPage _ -> new NodeMessage.Answer.OfPage(new PageOutcome.Failed(reason));
      case Request.Together _ ->
          new NodeMessage.Answer.OfTogether(new TogetherOutcome.Failed(reason));
      default -> throw new AssertionError("no request of a transaction: " + request);
    };
  }

  private void carryOut(Request request, Consumer<NodeMessage> done) {
    StorageReplica replica = replica(request.group());
    long until = node.environment().clock().monotonicNanos() + Request.DEADLINE.toNanos();
    switch (request) {
      case Request.Change change ->
          replica.change(
              change, until, outcome -> done.accept(new NodeMessage.Answer.OfWrite(outcome)));
      case Request.Together together ->
          replica.read(
              together, outcome -> done.accept(new NodeMessage.Answer.OfTogether(outcome)));
      case Request.Read(_, var key, var consistent) ->
          replica.read(
              key, consistent, outcome -> done.accept(new NodeMessage.Answer.OfRead(outcome)));
      case Request.ReadPage(_, var page, var consistent) ->
          done.accept(new NodeMessage.Answer.OfPage(replica.read(page, consistent)));
      default -> throw new AssertionError("no request of a transaction: " + request);
    }
  }

  // Loops.

  void startRecovery() {
    Recovery recovery =
        new Recovery(environment, List.of(node.node()), partitions, ledger, settlement, probes);
    recovery.start();
    loops.add(recovery::close);
  }

  void startBooks() {
    books.start();
    loops.add(books::close);
  }

  /// A service on this node; the test starts it.
  TransactionService service(Telemetry telemetry) {
    TransactionService service =
        TransactionService.of(
            environment, telemetry, List.of(node.node()), router, group -> exists.test(group));
    loops.add(service::close);
    return service;
  }

  /// The loops that were started, whether or not they have ended.
  Set<String> loops() {
    return Set.copyOf(threads.keySet());
  }

  /// Waits until all loops have ended, as those do that were closed.
  void awaitLoops() {
    threads.values().forEach(thread -> thread.orTimeout(10, TimeUnit.SECONDS).join());
  }

  // What is there.

  private StorageReplica replica(long group) {
    StorageReplica replica = replicas.get(group);
    if (replica == null) {
      throw new AssertionError("no group " + group);
    }
    return replica;
  }

  /// What the item's attribute `v` says; empty where there is no item.
  String value(TableSchema table, String key) {
    byte[] stored = StoredKeys.item(table.id(), new AttributeValue.S(key), null);
    CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
    replica(table.id()).read(stored, true, outcome::complete);
    return outcome.join() instanceof ReadOutcome.Item(var item)
            && item != null
            && item.get("v") instanceof AttributeValue.S(var value)
        ? value
        : "";
  }

  /// What the two items say that the tests' transactions write, `a` and `b`.
  String values() {
    return value(A, "a") + value(B, "b");
  }

  /// Locks and marks in all groups.
  List<Unsettled> unsettled() {
    List<Unsettled> all = new ArrayList<>();
    for (TableSchema table : List.of(A, B)) {
      CompletableFuture<List<Unsettled>> left = new CompletableFuture<>();
      replica(table.id()).unsettled(Long.MAX_VALUE, left::complete);
      all.addAll(left.orTimeout(30, TimeUnit.SECONDS).join());
    }
    return all;
  }

  /// What the ledger says under a key; null for nothing.
  @Nullable LedgerEntry entry(String key) {
    if (ledger.read(key) instanceof Ledger.Found.Entry(var entry)) {
      return entry;
    }
    throw new AssertionError("the ledger does not answer");
  }

  @Nullable State state(String key) {
    LedgerEntry entry = entry(key);
    return entry == null ? null : entry.state();
  }

  /// What the ledger says of a transaction that it must know.
  State state(Transaction transaction) {
    State state = state(transaction.ledgerKey());
    if (state == null) {
      throw new AssertionError("no entry");
    }
    return state;
  }

  // Actions and transactions.

  static TransactionAction put(TableSchema table, String key, String value) {
    BinaryItem item =
        BinaryItem.of(Map.of("pk", new AttributeValue.S(key), "v", new AttributeValue.S(value)));
    return action(table, key, "", new ItemWrite.Change.Put(item));
  }

  static TransactionAction check(TableSchema table, String key, String condition) {
    return action(table, key, condition, ItemWrite.Change.Check.INSTANCE);
  }

  private static TransactionAction action(
      TableSchema table, String key, String condition, ItemWrite.Change change) {
    Condition bound =
        condition.isEmpty() ? null : EXPRESSIONS.condition(condition, ExpressionScope.empty());
    ItemWrite write = new ItemWrite(table, new AttributeValue.S(key), null, bound, change);
    return new TransactionAction(write, false);
  }

  /// Writes `a` in the first group and `b` in the second.
  static List<TransactionAction> both(String value) {
    return List.of(put(A, "a", value), put(B, "b", value));
  }

  /// Writes `a` in the first group.
  static List<TransactionAction> one(String value) {
    return List.of(put(A, "a", value));
  }

  /// Locks `a` and `b`, in order to write `new` to both.
  void prepare(Transaction transaction) {
    both("new").forEach(action -> prepare(transaction, action));
  }

  /// Writes `new` to `a`, as the entry of one group says, and leaves its mark.
  WriteOutcome transact(LedgerEntry alone) {
    return partitions.change(new Request.Transact(A.id(), alone.mark(), one("new")));
  }

  static boolean isFinishOf(Request request, long group) {
    return request instanceof Request.Finish && request.group() == group;
  }

  WriteOutcome prepare(Transaction transaction, TransactionAction action) {
    long group = action.write().table().id();
    return partitions.change(new Request.Prepare(group, transaction, List.of(action)));
  }

  Transaction transaction(String token) {
    return new Transaction(
        new TransactionId(environment.clock().wallMillis(), token.hashCode()), "token/" + token);
  }

  /// The entry of a transaction of both tables that begins.
  static LedgerEntry begun(Transaction transaction) {
    return entry(transaction, new LedgerEntry.Scope(List.of(A.id(), B.id()), false, 0));
  }

  /// The entry of one that is a single entry of the first table's group.
  static LedgerEntry alone(Transaction transaction) {
    return entry(transaction, new LedgerEntry.Scope(List.of(A.id()), true, 0));
  }

  private static LedgerEntry entry(Transaction transaction, LedgerEntry.Scope scope) {
    return LedgerEntry.begun(transaction, new Bytes(new byte[] {1}), scope);
  }
}
