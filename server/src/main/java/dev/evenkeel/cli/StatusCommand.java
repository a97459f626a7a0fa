package dev.evenkeel.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenkeel status`: what a node that runs says of itself and its region.
@Command(
    name = "status",
    description = "Shows what a running node says: its peers, groups, and repairs, as JSON.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Surroundings surroundings;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The node's endpoint (default: http://127.0.0.1:8000).")
  private String endpoint = "http://127.0.0.1:8000";

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal, InterruptedException {
    URI status = status();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(status).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw Refusal.because(status + " answers " + answer.statusCode());
      }
      surroundings.out().print(answer.body());
      surroundings.out().flush();
      return ExitCodes.DONE;
    } catch (IOException e) {
      throw Refusal.because("no node answers at " + endpoint);
    }
  }

  private URI status() throws Refusal {
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() == null || uri.getScheme() == null) {
        throw new IllegalArgumentException("no host");
      }
      return uri.resolve("/status");
    } catch (IllegalArgumentException e) {
      throw Refusal.misuse("--endpoint: '" + endpoint + "' is not like http://127.0.0.1:8000");
    }
  }
}
