package dev.evenkeel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenkeel start`: runs a node until it is told to stop.
@Command(
    name = "start",
    description = "Runs a node until Ctrl-C or SIGTERM.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each setting can also come from a variable (--data-dir: EVENKEEL_DATA_DIR) or from the",
      "file (--data-dir: data-dir=...). A flag wins over a variable, a variable over the file.",
    })
final class StartCommand implements Callable<Integer> {
  private final Launcher launcher;
  private final Surroundings surroundings;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port; 0 takes a free one (default: 8000).")
  private @Nullable String port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: 127.0.0.1). Others need an access key.")
  private @Nullable String bind;

  @Option(
      names = "--data-dir",
      paramLabel = "PATH",
      description = "Where data is kept; created if missing (default: ./evenkeel-data).")
  private @Nullable String dataDirectory;

  @Option(
      names = "--in-memory",
      description = "Keep nothing: all data is gone when the process ends.")
  private boolean inMemory;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Region of ARNs and signatures (default: local).")
  private @Nullable String region;

  @Option(
      names = "--zones",
      paramLabel = "N",
      description = "Zones of the region, 1 or 3; each write is synced in all (default: 3).")
  private @Nullable String zones;

  @Option(
      names = "--node",
      paramLabel = "N",
      description = "This process is node N of a region; its directory is that node's alone.")
  private @Nullable String node;

  @Option(
      names = "--nodes",
      paramLabel = "LIST",
      description = "All nodes of the region: number=zone@host:port of messages between nodes, …")
  private @Nullable String nodes;

  @Option(
      names = "--node-cert",
      paramLabel = "FILE",
      description = "Certificate (PEM) for TLS between nodes; names node-N.")
  private @Nullable String nodeCert;

  @Option(names = "--node-key", paramLabel = "FILE", description = "Its key (PKCS #8).")
  private @Nullable String nodeKey;

  @Option(
      names = "--node-ca",
      paramLabel = "FILE",
      description = "The authority that issued all nodes' certificates.")
  private @Nullable String nodeCa;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file (default: ./evenkeel.properties if it exists).")
  private @Nullable String config;

  StartCommand(Launcher launcher, Surroundings surroundings) {
    this.launcher = launcher;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal, InterruptedException {
    Settings settings = new SettingsReader(flags(), surroundings.variables()).read();
    Shutdown shutdown = Shutdown.onSignal(surroundings.err());
    Launcher.Running node = start(settings, shutdown);
    surroundings.out().print(Banner.of(settings, node));
    surroundings.out().flush();
    Optional<String> failure = node.await();
    if (failure.isPresent()) {
      shutdown.disarm();
      throw Refusal.because("stopped: " + failure.get());
    }
    return ExitCodes.DONE;
  }

  private Launcher.Running start(Settings settings, Shutdown shutdown) throws Refusal {
    boolean started = false;
    try {
      Launcher.Running node = launcher.start(settings, shutdown::arm);
      started = true;
      return node;
    } finally {
      if (!started) {
        shutdown.disarm();
      }
    }
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, SettingsReader.PORT, port);
    put(flags, SettingsReader.BIND, bind);
    put(flags, SettingsReader.DATA_DIR, dataDirectory);
    put(flags, SettingsReader.IN_MEMORY, inMemory ? "true" : null);
    put(flags, SettingsReader.REGION, region);
    put(flags, SettingsReader.ZONES, zones);
    put(flags, SettingsReader.NODE, node);
    put(flags, SettingsReader.NODES, nodes);
    put(flags, SettingsReader.NODE_CERT, nodeCert);
    put(flags, SettingsReader.NODE_KEY, nodeKey);
    put(flags, SettingsReader.NODE_CA, nodeCa);
    put(flags, SettingsReader.CONFIG, config);
    return flags;
  }

  private static void put(Map<String, String> flags, String name, @Nullable String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }
}
