package dev.evenkeel.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What a person sees when the node is ready: one screen, with a line to copy.
final class Banner {
  private Banner() {}

  static String of(Settings settings, Launcher.Running node) {
    String endpoint = endpoint(node.address());
    return String.join(
        System.lineSeparator(),
        "",
        "Evenkeel " + Program.Version.number() + ", ready" + age(),
        "",
        "  endpoint   " + endpoint,
        "  data       " + data(settings),
        "  region     " + settings.region() + zones(settings),
        "  access     " + access(node),
        "",
        "Try it:",
        "  " + tryIt(endpoint, settings, node),
        "",
        "Ctrl-C stops it.",
        "");
  }

  /// An address that a client on this machine can use, also where the node listens on all.
  static String endpoint(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host.isAnyLocalAddress()) {
      host = InetAddress.getLoopbackAddress();
    }
    String name = host.getHostAddress();
    return "http://"
        + (host instanceof Inet6Address ? "[" + name + "]" : name)
        + ":"
        + address.getPort();
  }

  private static String data(Settings settings) {
    return settings.inMemory()
        ? "in memory: gone when this process ends"
        : settings.dataDirectory().toAbsolutePath().normalize() + " (every write synced to disk)";
  }

  private static String zones(Settings settings) {
    RegionMember member = settings.member();
    if (member != null) {
      return ", node "
          + member.number()
          + " of "
          + member.nodes().size()
          + ", zone "
          + member.self().zone();
    }
    return settings.zones() == 1 ? ", 1 zone" : ", " + settings.zones() + " zones in this process";
  }

  private static String access(Launcher.Running node) {
    int keys = node.accessKeys();
    return switch (keys) {
      case 0 -> "no access keys: accepts any credentials, loopback only";
      case 1 -> "signatures by 1 access key";
      default -> "signatures by " + keys + " access keys";
    };
  }

  private static String tryIt(String endpoint, Settings settings, Launcher.Running node) {
    String command =
        "aws dynamodb list-tables --endpoint-url " + endpoint + " --region " + settings.region();
    return node.accessKeys() == 0
        ? "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any " + command
        : command;
  }

  /// How long the process took to get here, where the system can tell.
  private static String age() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(started -> Duration.between(started, Instant.now()).toMillis())
        .map(millis -> String.format(Locale.ROOT, " after %.2f s", millis / 1000.0))
        .orElse("");
  }
}
