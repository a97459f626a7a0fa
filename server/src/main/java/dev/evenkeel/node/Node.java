package dev.evenkeel.node;

import dev.evenkeel.auth.AccessKeys;
import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.cli.Launcher;
import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.RegionMember;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.http.Backend;
import dev.evenkeel.http.Health;
import dev.evenkeel.http.HttpEndpoint;
import dev.evenkeel.http.HttpOptions;
import dev.evenkeel.http.NodeState;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running node: the parts, opened from the bottom up.
final class Node implements Launcher.Running {
  private static final System.Logger LOGGER = System.getLogger(Node.class.getName());
  private static final Duration KEYS_LOOKED_AT_EVERY = Duration.ofSeconds(2);
  private static final String STOPPED_EARLY = "the node was stopped before it was open";

  /// With the time for handing leadership over, leaves time, of the five seconds that a stop may
  /// take, to make the store durable.
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Settings settings;
  private final Parts parts = new Parts();
  private final Telemetry telemetry = new Telemetry();

  /// Completes when the node stops: empty after [#close], else with what made it stop.
  private final CompletableFuture<Optional<String>> stopped = new CompletableFuture<>();

  /// The thread that opens the node, and waits for its region; null when it is through. Whoever
  /// takes it out decides whether the node opens or stops.
  private final AtomicReference<@Nullable Thread> opener =
      new AtomicReference<>(Thread.currentThread());

  /// Counted down when a node that did not open has closed all its parts.
  private final CountDownLatch abandoned = new CountDownLatch(1);

  private volatile @Nullable AccessKeys keys;
  private volatile @Nullable HttpEndpoint endpoint;

  private Node(Settings settings) {
    this.settings = settings;
  }

  /// Opens every part; returns when requests are answered.
  ///
  /// @param stoppable told what stops the node, before anything is opened
  /// @throws Refusal when one cannot be opened, or the node is told to stop meanwhile; what was
  ///   opened is closed again
  static Node open(Settings settings, InetAddress address, Consumer<Runnable> stoppable)
      throws Refusal {
    Node node = new Node(settings);
    stoppable.accept(node::close);
    boolean opened = false;
    try {
      node.openParts(new InetSocketAddress(address, settings.port()));
      opened = node.opener.getAndSet(null) != null;
      if (!opened) {
        throw Refusal.because(node.whyStopped(STOPPED_EARLY));
      }
      return node;
    } catch (IOException e) {
      throw Refusal.because(node.whyStopped(String.valueOf(e.getMessage())));
    } finally {
      if (!opened) {
        node.abandon();
      }
    }
  }

  private void abandon() {
    opener.set(null);
    // A node that is told to stop while it opens is interrupted.
    Thread.interrupted();
    parts.close();
    abandoned.countDown();
  }

  private String whyStopped(String otherwise) {
    return stopped.isDone() ? stopped.join().orElse(STOPPED_EARLY) : otherwise;
  }

  private void openParts(InetSocketAddress bind) throws IOException, Refusal {
    Path directory = directory();
    Region region = region(directory);
    Region.Opened opened = region.open();
    Database database =
        parts.add(Database.over(opened.environment(), opened.nodes(), region.zones(), options()));
    RealEnvironment environment = opened.environment();
    AccessKeys accessKeys =
        AccessKeys.open(directory.resolve(DataDirectory.KEYS), environment.clock());
    keys = accessKeys;
    region.ready();
    Authenticator authenticator = authenticator(accessKeys, bind, environment);
    endpoint =
        parts.add(
            HttpEndpoint.open(
                httpOptions(bind),
                new Backend(
                    database.dispatcher(),
                    authenticator,
                    telemetry,
                    new State(
                        new RegionStatus(settings.region(), region.zones(), database), database),
                    environment.clock(),
                    environment.tasks()::inTurns)));
    accessKeys.watch(environment.tasks(), KEYS_LOOKED_AT_EVERY);
    // On top, so that it comes first: whoever asks this node is answered until others lead.
    AutoCloseable handOver = database::handOver;
    parts.add(handOver);
  }

  private Region region(Path directory) {
    RegionMember member = settings.member();
    Region.Ends ends = new Region.Ends(this::fatal, this::mustStop);
    return member == null
        ? new LocalRegion(settings, directory, telemetry, ends, parts)
        : new RegionNode(
            new RegionNode.Setup(settings.region(), member, directory, telemetry), ends, parts);
  }

  /// This node must not run: the reason is the operator's to read.
  private void mustStop(String why) {
    if (stopped.complete(Optional.of(why))) {
      interruptOpener();
    }
  }

  /// Ends the opening of a node that is not open yet.
  ///
  /// @return whether there was one
  private boolean interruptOpener() {
    Thread opening = opener.getAndSet(null);
    if (opening != null) {
      opening.interrupt();
    }
    return opening != null;
  }

  private Path directory() throws Refusal {
    return settings.inMemory()
        ? settings.dataDirectory().toAbsolutePath()
        : parts.add(DataDirectory.open(settings.dataDirectory())).path();
  }

  private Authenticator authenticator(
      AccessKeys accessKeys, InetSocketAddress bind, RealEnvironment environment) throws Refusal {
    if (bind.getAddress().isLoopbackAddress()) {
      return Authenticator.whenConfigured(accessKeys, settings.region(), environment.clock());
    }
    if (accessKeys.isEmpty()) {
      throw Refusal.because(
          "without access keys anybody could use a node that listens on "
              + settings.bind()
              + "; add a key first (evenkeel keys add) or listen on 127.0.0.1");
    }
    return Authenticator.signatureV4(accessKeys, settings.region(), environment.clock());
  }

  private Database.Options options() {
    LogOptions log = settings.inMemory() ? LogOptions.DEFAULT.inMemory() : LogOptions.DEFAULT;
    return new Database.Options(
        settings.region(), this::hostAndPort, telemetry, log, StorageOptions.DEFAULT);
  }

  private HttpOptions httpOptions(InetSocketAddress bind) {
    HttpOptions options = HttpOptions.of(bind, settings.region());
    return options.withTimeouts(options.timeouts().withDrain(DRAIN));
  }

  private String hostAndPort() {
    InetSocketAddress address = address();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /// What `GET /health` and `GET /status` show, and `POST /ttl/sweep` does.
  private final class State implements NodeState {
    private final RegionStatus region;
    private final Database database;

    State(RegionStatus region, Database database) {
      this.region = region;
      this.database = database;
      region.meter(telemetry);
    }

    @Override
    public Health health() {
      return Node.this.health();
    }

    @Override
    public String status() {
      return region.json();
    }

    @Override
    public long sweep(String table) {
      // The page asks for no signature, and what it does costs something.
      if (accessKeys() > 0) {
        throw ApiException.of(
            ApiException.Kind.ACCESS_DENIED, "a node with access keys sweeps by itself only");
      }
      return database.sweep(table);
    }
  }

  private Health health() {
    return stopped.isDone()
        ? new Health(false, Map.of("reason", stopped.join().orElse("stopping")))
        : Health.READY;
  }

  /// A bug: what it left in memory is not to be trusted, so nothing is closed in order.
  private void fatal(Throwable bug) {
    LOGGER.log(System.Logger.Level.ERROR, "this is a bug; the node stops", bug);
    mustStop(bug.toString());
  }

  @Override
  public InetSocketAddress address() {
    HttpEndpoint open = endpoint;
    if (open == null) {
      throw new IllegalStateException("the endpoint is not open yet");
    }
    return open.address();
  }

  @Override
  public int accessKeys() {
    AccessKeys open = keys;
    return open == null ? 0 : open.list().size();
  }

  @Override
  public Optional<String> await() throws InterruptedException {
    try {
      return stopped.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes this future with a failure", e);
    }
  }

  @Override
  public void close() {
    if (stopped.complete(Optional.empty())) {
      if (interruptOpener()) {
        awaitAbandoned();
      } else {
        parts.close();
      }
    }
  }

  private void awaitAbandoned() {
    try {
      abandoned.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
