package dev.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir private Path folder;

  @Test
  void defaultsAreForAMachineOfOnesOwn() throws Refusal {
    assertThat(read(Map.of(), Map.of()))
        .isEqualTo(new Settings("127.0.0.1", 8000, Path.of("evenkeel-data"), false, "local", 3));
  }

  @Test
  void flagWinsOverVariableAndVariableOverFile() throws Exception {
    Path file = file("port=1\nregion=one\nbind=::1\n");
    Map<String, String> variables = Map.of("EVENKEEL_PORT", "2", "EVENKEEL_REGION", "two");
    Map<String, String> flags = Map.of("port", "3", "config", file.toString());

    Settings settings = read(flags, variables);

    assertThat(settings.port()).isEqualTo(3);
    assertThat(settings.region()).isEqualTo("two");
    assertThat(settings.bind()).isEqualTo("::1");
  }

  @Test
  void fileIsNamedByVariable() throws Exception {
    Path file = file("data-dir = /srv/data \nin-memory=TRUE");
    Settings settings = read(Map.of(), Map.of("EVENKEEL_CONFIG", file.toString()));
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("/srv/data"));
    assertThat(settings.inMemory()).isTrue();
  }

  @Test
  void badValueIsReportedWithItsPlace() throws Exception {
    Path file = file("in-memory=perhaps");
    assertRefused(Map.of("port", "65536"), Map.of(), "--port: '65536' is not a number from 0");
    assertRefused(Map.of(), Map.of("EVENKEEL_PORT", "tcp://10.0.0.1:80"), "EVENKEEL_PORT: 'tcp:");
    assertRefused(
        Map.of("config", file.toString()), Map.of(), "in-memory in " + file + ": 'perhaps' is not");
    assertRefused(Map.of("region", "Mars!"), Map.of(), "--region: 'Mars!' is not a region's name");
    assertRefused(Map.of("bind", ""), Map.of(), "--bind is empty");
  }

  @Test
  void memberOfARegionKnowsAllNodes() throws Exception {
    String nodes = "1=a@127.0.0.1:9001, 2=b@[::1]:9002,3=c@db-3.example:9003";
    RegionMember member = member(Map.of("node", "2"), Map.of("EVENKEEL_NODES", nodes));
    assertThat(member.self()).isEqualTo(new RegionMember.Peer("b", "::1", 9002));
    assertThat(member.nodes()).hasSize(3);
    assertThat(member.peer(3)).hasToString("db-3.example:9003");
    assertThat(member.peer(2)).hasToString("[::1]:9002");
    assertThat(member.tls()).isNull();
  }

  @Test
  void memberOfARegionHasItsFilesForTls() throws Exception {
    Map<String, String> flags =
        Map.of("node", "1", "nodes", "1=a@h:1", "node-cert", "c", "node-key", "k", "node-ca", "ca");
    RegionMember member = member(flags, Map.of());
    assertThat(member.tls())
        .isEqualTo(new RegionMember.Tls(Path.of("c"), Path.of("k"), Path.of("ca")));
  }

  @Test
  void badMembersOfARegionAreRefused() {
    String nodes = "1=a@h:1,2=b@h:2";
    assertRefused(Map.of("node", "1"), Map.of(), "--nodes is missing");
    assertRefused(Map.of("nodes", nodes), Map.of(), "--node is missing");
    assertRefused(Map.of("node", "3", "nodes", nodes), Map.of(), "node 3 is not one of --nodes");
    assertRefused(Map.of("node", "1", "nodes", "1=a@h"), Map.of(), "'1=a@h' is not a node");
    assertRefused(Map.of("node", "1", "nodes", "1=a@h:70000"), Map.of(), "is not a node");
    assertRefused(Map.of("node", "1", "nodes", "1=a@h:1,1=b@h:2"), Map.of(), "twice: 1=b@h:2");
    assertRefused(Map.of("node", "1", "nodes", "1=a@h:1,2=a@h:1"), Map.of(), "twice: 2=a@h:1");
    assertRefused(
        Map.of("node", "1", "nodes", nodes, "zones", "3"), Map.of(), "--zones is for a region");
    assertRefused(
        Map.of("node", "1", "nodes", nodes, "in-memory", "true"), Map.of(), "--in-memory is for");
    assertRefused(Map.of("node", "1", "nodes", nodes, "node-key", "k"), Map.of(), "one is missing");
    assertRefused(Map.of("node-key", "k"), Map.of(), "--node-key is for a node among others");
  }

  @Test
  void unknownNameInTheFileIsRefused() throws Exception {
    Path file = file("prot=8000");
    assertRefused(
        Map.of("config", file.toString()), Map.of(), file + ": no setting is named 'prot'");
  }

  @Test
  void missingFileIsRefusedWhereItWasNamed() {
    Path file = folder.resolve("none");
    assertRefused(Map.of("config", file.toString()), Map.of(), "cannot read the settings in");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("evenkeel.properties"), text);
  }

  private static Settings read(Map<String, String> flags, Map<String, String> variables)
      throws Refusal {
    return new SettingsReader(flags, variables).read();
  }

  private static RegionMember member(Map<String, String> flags, Map<String, String> variables)
      throws Refusal {
    return Objects.requireNonNull(read(flags, variables).member());
  }

  private static void assertRefused(
      Map<String, String> flags, Map<String, String> variables, String message) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> read(flags, variables))
        .withMessageContaining(message)
        .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCodes.MISUSE));
  }
}
