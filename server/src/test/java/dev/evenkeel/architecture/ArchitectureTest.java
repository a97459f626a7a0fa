package dev.evenkeel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds the house to its map. [ArchitectureRulesTest] shows that each rule can fail.
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path COMPILED = Path.of("target", "classes");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.evenkeel");
  private static final HouseRules HOUSE = new HouseRules("dev.evenkeel", CLASSES);

  @Test
  void packagesUseOnlyWhatTheMapAllows() {
    assertThat(HOUSE.arrowsThatAreNotOnTheMap(Blueprint.ARROWS)).isEmpty();
  }

  @Test
  void arrowsOfTheMapPointDownOnly() {
    Map<String, Set<String>> left = new TreeMap<>(Blueprint.ARROWS);
    while (left.values().removeIf(below -> Collections.disjoint(below, left.keySet()))) {
      assertThat(left.size()).isLessThan(Blueprint.ARROWS.size());
    }
    assertThat(left).as("packages in a circle, or above one").isEmpty();
  }

  @Test
  void packagesFormNoCircles() {
    assertThat(HOUSE.circles()).isEmpty();
  }

  @Test
  void librariesStayBehindTheirDoors() {
    assertThat(HOUSE.librariesOutOfPlace(Blueprint.LIBRARIES)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(BannedCalls.class)
  void theWorldStaysOutside(BannedCalls banned) {
    Set<String> exempt =
        banned == BannedCalls.DEFAULT_LOCALE_AND_ZONE ? Set.of() : Blueprint.OUTSIDE;
    assertThat(HOUSE.calls(banned, exempt)).isEmpty();
  }

  @Test
  void nothingIsSynchronized() throws IOException {
    assertThat(HOUSE.synchronizedMethods()).isEmpty();
    assertThat(Monitors.in(COMPILED)).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(HOUSE.packagesWithoutNullMarked()).isEmpty();
  }

  @Test
  void everyTypeIsNamedAfterWhatItIs() {
    assertThat(HOUSE.vagueNames()).isEmpty();
  }

  @Test
  void sourceFilesAreShortAndFinished() {
    SourceRules sources = new SourceRules(SOURCES);
    assertThat(sources.tooLong()).isEmpty();
    assertThat(sources.unfinished()).isEmpty();
  }
}
