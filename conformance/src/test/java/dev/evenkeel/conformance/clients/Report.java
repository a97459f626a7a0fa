package dev.evenkeel.conformance.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What one client can do with the server: a column of the table.
final class Report {
  /// How the server says that it does not have an operation, a parameter.
  private static final Pattern LACKS =
      Pattern.compile(
          "UnknownOperationException|[\\w ]+ is not supported by this version of Evenkeel");

  /// What AWS's SDKs for Java append to each message.
  private static final Pattern APPENDED =
      Pattern.compile(" \\((Service: |SDK Attempt Count: )[^)]*\\)");

  private final String client;
  private final Map<Feature, Finding> findings = new EnumMap<>(Feature.class);

  /// Of one feature.
  ///
  /// @param reason of everything but WORKS
  record Finding(Kind kind, String reason) {}

  enum Kind {
    WORKS("ok"),
    NOT_OFFERED("-"),
    SERVER_LACKS("later"),
    FAILED("FAILED");

    private final String cell;

    Kind(String cell) {
      this.cell = cell;
    }

    String cell() {
      return cell;
    }
  }

  /// What an application does.
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  Report(String client) {
    this.client = client;
  }

  String client() {
    return client;
  }

  Map<Feature, Finding> findings() {
    return findings;
  }

  /// Does it, and keeps how it went.
  void feature(Feature feature, Step step) {
    try {
      step.run();
      put(feature, Kind.WORKS, "");
    } catch (InterruptedException e) {
      throw new TestAbortedException("interrupted", e);
    } catch (Exception | AssertionError e) {
      failed(feature, reason(e));
    }
  }

  void notOffered(String why, Feature... features) {
    Arrays.stream(features).forEach(feature -> put(feature, Kind.NOT_OFFERED, why));
  }

  /// Reads what a program printed; lines of others that it runs may stand between.
  void read(List<String> lines) {
    for (String line : lines) {
      List<String> columns = Arrays.asList(line.split("\t", -1));
      String what = columns.size() < 2 ? "" : columns.getFirst();
      switch (what) {
        case "ok" -> put(Feature.labelled(columns.get(1)), Kind.WORKS, "");
        case "none" -> put(Feature.labelled(columns.get(1)), Kind.NOT_OFFERED, columns.get(2));
        case "error" -> failed(Feature.labelled(columns.get(1)), columns.get(2));
        default -> {}
      }
    }
  }

  /// Takes what the program said nothing of as failed.
  ///
  /// @param why what is known of how the program ended
  void complete(String why) {
    for (Feature feature : Feature.values()) {
      if (!findings.containsKey(feature)) {
        put(feature, Kind.FAILED, "nothing was said of it: " + why);
      }
    }
  }

  /// A line for each.
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    findings.forEach((feature, finding) -> {
      if (finding.kind() == Kind.FAILED) {
        failures.add(feature.label() + ": " + finding.reason());
      }
    });
    return failures;
  }

  private void failed(Feature feature, String reason) {
    Matcher lacks = LACKS.matcher(reason);
    if (lacks.find()) {
      put(feature, Kind.SERVER_LACKS, lacks.group().strip());
    } else {
      put(feature, Kind.FAILED, APPENDED.matcher(reason).replaceAll("").strip());
    }
  }

  private void put(Feature feature, Kind kind, String reason) {
    if (findings.put(feature, new Finding(kind, reason)) != null) {
      throw new IllegalStateException(client + " speaks twice of " + feature.label());
    }
  }

  private static String reason(Throwable failure) {
    Set<String> texts = new LinkedHashSet<>();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String code =
          each instanceof AwsServiceException service && service.awsErrorDetails() != null
              ? service.awsErrorDetails().errorCode() + ", "
              : "";
      texts.add(each.getClass().getSimpleName() + ": " + code + each.getMessage());
    }
    return String.join(" < ", texts).replaceAll("\\s+", " ");
  }
}
