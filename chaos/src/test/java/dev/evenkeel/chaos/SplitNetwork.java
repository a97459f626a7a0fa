package dev.evenkeel.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// Networks that a router joins, and that lose packets of one direction: the router drops them
/// without a word, by a rule on source and destination.
///
/// ```
/// namespace 1  10.0.1.2 ── veth ── 10.0.1.1 ┐
/// namespace 2  10.0.2.2 ── veth ── 10.0.2.1 ┤ router, a namespace too
/// namespace 3  10.0.3.2 ── veth ── 10.0.3.1 ┘
/// ```
///
/// Nothing of it is connected to this machine's own network.
final class SplitNetwork implements AutoCloseable {
  private static final String PREFIX = "chaos-" + ProcessHandle.current().pid() + "-";
  private static final String ROUTER = PREFIX + "router";

  private final List<NetworkNamespace> places = new ArrayList<>();
  private final Deque<String> namespaces = new ArrayDeque<>();

  /// From and to, by place.
  private final Deque<int[]> cuts = new ArrayDeque<>();

  private SplitNetwork() {}

  /// Makes one; skips the test where this process must not.
  static SplitNetwork open(int networks) throws IOException {
    SplitNetwork network = new SplitNetwork();
    try {
      network.addNamespace(ROUTER);
      run("ip", "netns", "exec", ROUTER, "sysctl", "-qw", "net.ipv4.ip_forward=1");
      for (int i = 1; i <= networks; i++) {
        network.addNetwork(i);
      }
      network.cut(0, 1);
      network.heal();
      return network;
    } catch (IOException e) {
      network.close();
      throw new TestAbortedException("network namespaces are needed: " + e.getMessage(), e);
    }
  }

  private void addNamespace(String name) throws IOException {
    run("ip", "netns", "add", name);
    namespaces.push(name);
    run("ip", "-n", name, "link", "set", "lo", "up");
  }

  private void addNetwork(int number) throws IOException {
    NetworkNamespace place = new NetworkNamespace(PREFIX + number, "10.0." + number + ".2");
    String gateway = "10.0." + number + ".1";
    String name = place.name();
    String port = "port" + number;
    addNamespace(name);
    run(
        "ip", "link", "add", "eth", "netns", name, "type", "veth", "peer", "name", port, "netns",
        ROUTER);
    run("ip", "-n", name, "addr", "add", place.host() + "/24", "dev", "eth");
    run("ip", "-n", name, "link", "set", "eth", "up");
    run("ip", "-n", ROUTER, "addr", "add", gateway + "/24", "dev", port);
    run("ip", "-n", ROUTER, "link", "set", port, "up");
    run("ip", "-n", name, "route", "add", "default", "via", gateway);
    places.add(place);
  }

  List<NetworkNamespace> places() {
    return places;
  }

  /// From now on no packet gets from one to the other.
  void cut(int from, int to) throws IOException {
    rule("add", from, to);
    cuts.push(new int[] {from, to});
  }

  /// Ends all cuts.
  void heal() throws IOException {
    while (!cuts.isEmpty()) {
      int[] cut = cuts.pop();
      rule("del", cut[0], cut[1]);
    }
  }

  private void rule(String verb, int from, int to) throws IOException {
    run(
        "ip",
        "-n",
        ROUTER,
        "rule",
        verb,
        "from",
        places.get(from).host(),
        "to",
        places.get(to).host(),
        "blackhole");
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  /// No process may be left within.
  @Override
  public void close() throws IOException {
    while (!namespaces.isEmpty()) {
      run("ip", "netns", "del", namespaces.pop());
    }
  }
}
