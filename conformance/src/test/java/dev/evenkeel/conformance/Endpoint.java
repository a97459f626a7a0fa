package dev.evenkeel.conformance;

import dev.evenkeel.cli.Launcher;
import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.node.NodeLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The endpoint under test: the one that the system property names, else a node in this process
/// that lives as long as the process.
public final class Endpoint {
  private static final String PROPERTY = "conformance.endpoint";
  private static final String REGION_PROPERTY = "conformance.region";

  private Endpoint() {}

  public static URI uri() {
    return Holder.FOUND;
  }

  public static String region() {
    return System.getProperty(REGION_PROPERTY, "local");
  }

  /// An endpoint of that region, for clients that do not know of others: the one under test if it
  /// is of it, else a node in this process; empty where the property names one of another region.
  public static Optional<URI> of(String region) {
    if (region.equals(region())) {
      return Optional.of(uri());
    }
    return given().isEmpty() ? Optional.of(startNode(region)) : Optional.empty();
  }

  private static final class Holder {
    static final URI FOUND = given().isEmpty() ? startNode(region()) : URI.create(given());
  }

  private static String given() {
    return System.getProperty(PROPERTY, "");
  }

  private static URI startNode(String region) {
    try {
      Path directory = Files.createTempDirectory("evenkeel-conformance");
      Settings settings = new Settings("127.0.0.1", 0, directory, false, region, 3);
      Launcher.Running node = new NodeLauncher().start(settings, _ -> {});
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, directory)));
      return URI.create("http://127.0.0.1:" + node.address().getPort());
    } catch (Refusal | IOException e) {
      throw new IllegalStateException("no node to test", e);
    }
  }

  private static void stop(Launcher.Running node, Path directory) {
    node.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
