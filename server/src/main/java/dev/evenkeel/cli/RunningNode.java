package dev.evenkeel.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The pages of a node that runs.
///
/// @param endpoint as the command line names it
record RunningNode(String endpoint) {
  static final String DEFAULT = "http://127.0.0.1:8000";

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final int OK = 200;

  /// What a page shows.
  ///
  /// @param within how long the node may take
  String get(String path, Duration within) throws Refusal, InterruptedException {
    return body(HttpRequest.newBuilder(page(path)).timeout(within).build());
  }

  /// The same of a page that does something.
  String post(String path, Duration within) throws Refusal, InterruptedException {
    return body(
        HttpRequest.newBuilder(page(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .timeout(within)
            .build());
  }

  private String body(HttpRequest request) throws Refusal, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw Refusal.because(reason(request, answer));
      }
      return answer.body();
    } catch (IOException e) {
      throw Refusal.because("no node answers at " + endpoint);
    }
  }

  /// What the node says in plain text, else the code.
  private static String reason(HttpRequest request, HttpResponse<String> answer) {
    boolean says =
        answer.headers().firstValue("content-type").orElse("").startsWith("text/plain")
            && !answer.body().isBlank();
    return says ? answer.body().strip() : request.uri() + " answers " + answer.statusCode();
  }

  private URI page(String path) throws Refusal {
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() == null || uri.getScheme() == null) {
        throw new IllegalArgumentException("no host");
      }
      return uri.resolve(path);
    } catch (IllegalArgumentException e) {
      throw Refusal.misuse("--endpoint: '" + endpoint + "' is not like " + DEFAULT);
    }
  }
}
