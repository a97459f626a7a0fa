package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An error of the API within an outcome: its kind by the name that AWS gave it, its text, its
/// further members. Format: see the package.
final class ErrorCodec {
  private static final int TEXT = 0x01;
  private static final int ITEM = 0x02;
  private static final int LIST = 0x03;
  private static final int MAP = 0x04;

  /// Lists and maps within one another.
  private static final int LEVELS_MAX = 8;

  private ErrorCodec() {}

  static void write(ApiException error, WireWriter out) {
    String message = error.getMessage();
    out.text(error.kind().shape()).bool(message != null);
    if (message != null) {
      out.text(message);
    }
    map(error.members(), out);
  }

  static ApiException read(WireReader in) throws IOException {
    ApiException.Kind kind = kind(in);
    String message = in.bool() ? in.text() : null;
    return ApiException.with(kind, message, map(in, 0));
  }

  private static ApiException.Kind kind(WireReader in) throws IOException {
    String shape = in.text();
    for (ApiException.Kind kind : ApiException.Kind.values()) {
      if (kind.shape().equals(shape)) {
        return kind;
      }
    }
    throw in.malformed("unknown error " + shape);
  }

  private static void map(Map<?, ?> members, WireWriter out) {
    out.varint(members.size());
    members.forEach((name, member) -> {
      out.text((String) name);
      member(member, out);
    });
  }

  private static void member(Object member, WireWriter out) {
    switch (member) {
      case String text -> out.int8(TEXT).text(text);
      case BinaryItem item -> out.int8(ITEM).item(item);
      case List<?> list -> {
        out.int8(LIST).varint(list.size());
        list.forEach(element -> member(element, out));
      }
      case Map<?, ?> map -> map(map, out.int8(MAP));
      default -> throw new IllegalArgumentException("no member of an error: " + member.getClass());
    }
  }

  private static Map<String, Object> map(WireReader in, int level) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      members.put(in.text(), member(in, level));
    }
    return members;
  }

  private static Object member(WireReader in, int level) throws IOException {
    int kind = in.int8();
    if (level == LEVELS_MAX) {
      throw in.malformed("members of an error nested too deep");
    }
    return switch (kind) {
      case TEXT -> in.text();
      case ITEM -> in.item();
      case LIST -> {
        List<Object> elements = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
          elements.add(member(in, level + 1));
        }
        yield elements;
      }
      case MAP -> map(in, level + 1);
      default -> throw in.malformed("unknown member of an error " + kind);
    };
  }
}
