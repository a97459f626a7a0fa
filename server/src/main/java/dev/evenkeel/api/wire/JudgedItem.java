package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.ItemWriter;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item while it is read: written until the first thing that is wrong with it. That is kept, and
/// what follows is no longer written, so that the rest can still be read for its JSON types: these
/// count before what an item may not hold.
final class JudgedItem {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private final ItemWriter writer = new ItemWriter();
  private @Nullable ApiException problem;

  boolean isSound() {
    return problem == null;
  }

  /// @param found a ValidationException; the first one counts
  void refuse(ApiException found) {
    if (found.kind() != ApiException.Kind.VALIDATION) {
      throw found;
    }
    if (problem == null) {
      problem = found;
    }
  }

  void refuse(String text) {
    refuse(ApiException.validation(text));
  }

  /// Says where in the item the problem is.
  void explain(String before, String behind) {
    if (problem != null) {
      problem = ApiException.validation(before + problem.getMessage() + behind);
    }
  }

  /// @throws ApiException a ValidationException, when anything was wrong; a SerializationException,
  ///   when a name came twice
  BinaryItem finish() {
    if (problem != null) {
      throw problem;
    }
    return writer.finish();
  }

  void name(String name) {
    if (problem == null) {
      try {
        writer.name(name);
      } catch (ApiException found) {
        refuse(found);
      }
    }
  }

  void string(String text) {
    write(() -> writer.string(text));
  }

  void number(String text) {
    write(() -> writer.number(Numbers.parse(text)));
  }

  void binary(byte[] blob) {
    write(() -> writer.binary(blob));
  }

  void bool(boolean value) {
    write(() -> writer.bool(value));
  }

  void nul(boolean value) {
    if (!value) {
      refuse(INVALID + "Null attribute value types must have the value of true");
    }
    write(writer::nul);
  }

  void startMap() {
    write(writer::startMap);
  }

  void startList() {
    write(writer::startList);
  }

  void end() {
    write(writer::end);
  }

  void strings(List<String> elements) {
    write(writer::startStringSet);
    if (new HashSet<>(elements).size() < elements.size()) {
      refuse(
          INVALID + "Input collection [" + String.join(", ", elements) + "] contains duplicates.");
    }
    write(() -> elements.forEach(each -> writer.element(each.getBytes(UTF_8))));
    end();
  }

  void numbers(List<String> elements) {
    write(writer::startNumberSet);
    write(() -> {
      List<BigDecimal> numbers = new ArrayList<>(elements.size());
      elements.forEach(each -> numbers.add(Numbers.parse(each)));
      if (new HashSet<>(numbers).size() < numbers.size()) {
        throw ApiException.validation("Input collection contains duplicates");
      }
      numbers.forEach(writer::element);
    });
    end();
  }

  void binaries(List<byte[]> elements) {
    write(writer::startBinarySet);
    List<AttributeValue.Bytes> bytes = elements.stream().map(AttributeValue.Bytes::new).toList();
    if (new HashSet<>(bytes).size() < bytes.size()) {
      List<String> shown =
          elements.stream().map(each -> Base64.getEncoder().encodeToString(each)).toList();
      refuse(
          INVALID
              + "Input collection ["
              + String.join(", ", shown)
              + "]of type BS contains duplicates.");
    }
    write(() -> elements.forEach(writer::element));
    end();
  }

  private void write(Runnable step) {
    if (problem == null) {
      try {
        step.run();
      } catch (ApiException found) {
        refuse(found);
      }
    }
  }
}
