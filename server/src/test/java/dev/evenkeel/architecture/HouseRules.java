package dev.evenkeel.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// What `ArchitectureTest` asks of compiled classes. Every rule answers its violations, one line
/// each; an empty list is obedience.
///
/// @param root the package whose children are the packages on the map
/// @param classes what was compiled
record HouseRules(String root, JavaClasses classes) {
  private static final Pattern VAGUE =
      Pattern.compile(
          "(Abstract|Base)[A-Z].*|.*[a-z](Util|Utils|Manager|Helper|Impl|Base|Data|Info)");

  /// Uses of one of our packages by another that the map does not have.
  List<String> arrowsThatAreNotOnTheMap(Map<String, Set<String>> arrows) {
    Collection<String> violations = new TreeSet<>();
    for (JavaClass type : ours()) {
      String from = role(type).orElseThrow();
      if (!arrows.containsKey(from)) {
        violations.add("package " + from + " is not on the map");
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        role(dependency.getTargetClass().getBaseComponentType())
            .filter(to -> !to.equals(from) && !arrows.get(from).contains(to))
            .ifPresent(to -> violations.add(from + " -> " + to + ": " + brief(dependency)));
      }
    }
    return List.copyOf(violations);
  }

  /// Uses of a library outside the packages that are its doors.
  List<String> librariesOutOfPlace(Map<String, Set<String>> doors) {
    Collection<String> violations = new TreeSet<>();
    for (JavaClass type : ours()) {
      String from = role(type).orElseThrow();
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        doors.forEach((library, packages) -> {
          if (within(library, target) && !packages.contains(from)) {
            violations.add(from + " uses " + library + ": " + brief(dependency));
          }
        });
      }
    }
    return List.copyOf(violations);
  }

  /// Circles between packages, sub-packages included.
  List<String> circles() {
    return SlicesRuleDefinition.slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }

  /// Calls that `banned` matches, except from the packages in `exempt`.
  List<String> calls(Predicate<JavaAccess<?>> banned, Set<String> exempt) {
    Collection<String> violations = new TreeSet<>();
    for (JavaClass type : ours()) {
      if (exempt.contains(role(type).orElseThrow())) {
        continue;
      }
      for (JavaAccess<?> access : accesses(type)) {
        if (banned.test(access)) {
          violations.add(access.getDescription());
        }
      }
    }
    return List.copyOf(violations);
  }

  /// `synchronized` methods. Blocks are found by [Monitors].
  List<String> synchronizedMethods() {
    Collection<String> violations = new TreeSet<>();
    for (JavaClass type : ours()) {
      for (JavaMethod method : type.getMethods()) {
        if (method.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
          violations.add(method.getFullName());
        }
      }
    }
    return List.copyOf(violations);
  }

  /// Packages without a `package-info.java` that says `@NullMarked`.
  List<String> packagesWithoutNullMarked() {
    Map<String, JavaPackage> packages = new TreeMap<>();
    ours().forEach(type -> packages.put(type.getPackageName(), type.getPackage()));
    return packages.values().stream()
        .filter(found -> !found.isAnnotatedWith(NullMarked.class))
        .map(JavaPackage::getName)
        .toList();
  }

  /// Types whose name says nothing.
  List<String> vagueNames() {
    return ours().stream()
        .filter(type -> VAGUE.matcher(type.getSimpleName()).matches())
        .map(JavaClass::getFullName)
        .sorted()
        .toList();
  }

  private List<JavaClass> ours() {
    return classes.stream().filter(type -> role(type).isPresent()).toList();
  }

  private static List<JavaAccess<?>> accesses(JavaClass type) {
    List<JavaAccess<?>> all = new ArrayList<>(type.getAccessesFromSelf());
    all.addAll(type.getMethodReferencesFromSelf());
    all.addAll(type.getConstructorReferencesFromSelf());
    return all;
  }

  /// The child of the root package that this type belongs to; empty for foreign types.
  private Optional<String> role(JavaClass type) {
    String name = type.getPackageName();
    if (!within(root, name) || name.equals(root)) {
      return Optional.empty();
    }
    String rest = name.substring(root.length() + 1);
    int dot = rest.indexOf('.');
    return Optional.of(dot < 0 ? rest : rest.substring(0, dot));
  }

  private static boolean within(String parent, String name) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private static String brief(Dependency dependency) {
    return dependency.getOriginClass().getSimpleName()
        + " -> "
        + dependency.getTargetClass().getName();
  }
}
