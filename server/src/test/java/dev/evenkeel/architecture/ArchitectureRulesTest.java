package dev.evenkeel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The guards guarded: every rule of [ArchitectureTest] finds its offender in `offenders`.
class ArchitectureRulesTest {
  private static final String ROOT = "dev.evenkeel.architecture.offenders";
  private static final HouseRules OFFENDERS =
      new HouseRules(ROOT, new ClassFileImporter().importPackages(ROOT));
  private static final Map<String, Set<String>> ARROWS =
      Map.of("model", Set.of(), "wal", Set.of("model"), "odd", Set.of());

  @Test
  void arrowAgainstTheMapIsFound() {
    assertThat(OFFENDERS.arrowsThatAreNotOnTheMap(ARROWS))
        .anyMatch(line -> line.startsWith("model -> wal: "))
        .noneMatch(line -> line.startsWith("wal -> model"));
  }

  @Test
  void packageThatIsNotOnTheMapIsFound() {
    assertThat(OFFENDERS.arrowsThatAreNotOnTheMap(ARROWS))
        .contains("package shadow is not on the map");
  }

  @Test
  void circleIsFound() {
    assertThat(OFFENDERS.circles()).anyMatch(line -> line.contains("Cycle detected"));
  }

  @Test
  void libraryOutOfPlaceIsFound() {
    assertThat(OFFENDERS.librariesOutOfPlace(Map.of("org.assertj", Set.of("wal"))))
        .anyMatch(line -> line.startsWith("odd uses org.assertj"));
  }

  @ParameterizedTest
  @EnumSource(BannedCalls.class)
  void bannedCallIsFound(BannedCalls banned) {
    String offender = ROOT + ".odd.Banned." + banned.name().toLowerCase(Locale.ROOT);
    assertThat(OFFENDERS.calls(banned, Set.of())).anyMatch(line -> line.contains(offender));
    assertThat(OFFENDERS.calls(banned, Set.of("odd"))).isEmpty();
  }

  @Test
  void permittedCallIsLeftAlone() {
    for (BannedCalls banned : BannedCalls.values()) {
      assertThat(OFFENDERS.calls(banned, Set.of()))
          .noneMatch(line -> line.contains(ROOT + ".odd.Permitted"));
    }
  }

  @Test
  void synchronizedMethodAndBlockAreFound() throws IOException, URISyntaxException {
    Path classes = Path.of(getClass().getResource("offenders").toURI());
    assertThat(OFFENDERS.synchronizedMethods()).singleElement().asString().contains("locksItself");
    assertThat(Monitors.in(classes)).singleElement().asString().endsWith(".locksInside");
  }

  @Test
  void packageWithoutNullMarkedIsFound() {
    assertThat(OFFENDERS.packagesWithoutNullMarked()).contains(ROOT + ".shadow");
    assertThat(OFFENDERS.packagesWithoutNullMarked()).doesNotContain(ROOT + ".wal");
  }

  @Test
  void vagueNameIsFound() {
    assertThat(OFFENDERS.vagueNames()).containsExactly(ROOT + ".shadow.ThingManager");
  }

  @Test
  void longOrUnfinishedFileIsFound(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("Long.java"), Collections.nCopies(601, "//"));
    Files.write(folder.resolve("Unfinished.java"), List.of("// TO" + "DO: later"));
    SourceRules sources = new SourceRules(folder);
    assertThat(sources.tooLong()).containsExactly("Long.java: 601");
    assertThat(sources.unfinished()).containsExactly("Unfinished.java");
  }
}
