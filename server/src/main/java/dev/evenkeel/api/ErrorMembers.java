package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import java.util.Map;

/// Writes the members of errors, as [dev.evenkeel.model.ApiException] has them.
public final class ErrorMembers {
  private ErrorMembers() {}

  public static void write(JsonOut out, Object value) {
    switch (value) {
      case BinaryItem item -> out.item(item);
      case String text -> out.generator().writeString(text);
      case List<?> list -> {
        out.generator().writeStartArray();
        list.forEach(each -> write(out, each));
        out.generator().writeEndArray();
      }
      case Map<?, ?> map -> {
        out.object();
        map.forEach((name, each) -> {
          out.name(String.valueOf(name));
          write(out, each);
        });
        out.end();
      }
      default -> throw new IllegalArgumentException("no way to write a " + value.getClass());
    }
  }
}
