package dev.evenkeel.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// `synchronized` blocks in compiled classes. A virtual thread that waits for a monitor is resumed
/// by the JVM itself, behind the simulation's back.
final class Monitors {
  private Monitors() {}

  /// Methods under that folder of class files which enter a monitor.
  static List<String> in(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .flatMap(file -> methods(parse(file)))
          .sorted()
          .toList();
    }
  }

  private static Stream<String> methods(ClassModel model) {
    return model.methods().stream()
        .filter(Monitors::entersMonitor)
        .map(method -> model.thisClass().asInternalName() + "." + method.methodName());
  }

  private static boolean entersMonitor(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(MonitorInstruction.class::isInstance);
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
